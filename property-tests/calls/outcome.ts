import * as tf from '@tensorflow/tfjs-core';
import { StdpError } from '../../src/core/errors.js';
import { show } from '../../src/core/show.js';
import { mapLeaves, tensorsOf } from '../../src/core/trees.js';
import { useKernels } from '../../src/kernels/tensors/current.js';
import type { Call } from './call.js';
import { build, items, type Made, type Recipe } from './recipes.js';
import { type Slip, withSlip } from './slips.js';

/** What came of a call: plain values, with tensors as their shape and numbers, or the refusal. */
type Outcome = { readonly refused: StdpError } | { readonly result: unknown; readonly extreme: boolean };

/** One case: a call, its right arguments, and the slips in them. */
export interface Case {
  readonly args: readonly Recipe[];
  readonly slips: readonly Slip[];
}

/** The arguments of a case as they are handed in. */
export const argumentsOf = ({ args, slips }: Case): Recipe => slips.reduce(withSlip, items(...args));

/**
 * Throws unless every way of the call, with kernels and without, gives the same or refuses in words; no tensor is left over, and
 * nothing that was handed in has changed.
 */
export async function check(call: Call, given: Case): Promise<'answered' | 'refused' | 'skipped'> {
  const recipe = argumentsOf(given);
  const outcomes: (readonly [string, Outcome])[] = [];
  for (const [way, run] of Object.entries(call.ways)) {
    for (const kernels of call.without ? [true] : [true, false]) {
      const outcome = await outcomeOf(call, recipe, run as (...args: unknown[]) => unknown, kernels);
      if (outcome === 'skipped') return 'skipped';
      outcomes.push([`${way}, kernels ${kernels ? 'on' : 'off'}`, outcome]);
    }
  }
  const [[first, wanted] = ['', undefined], ...others] = outcomes;
  if (wanted === undefined) throw new Error(`${call.name} has no way`);
  for (const [way, outcome] of others) {
    const difference = differs(wanted, outcome);
    if (difference !== undefined) throw new Error(`${call.name}: ${first} and ${way} differ: ${difference}`);
  }
  return 'refused' in wanted ? 'refused' : 'answered';
}

async function outcomeOf(
  call: Call,
  recipe: Recipe,
  run: (...args: unknown[]) => unknown,
  kernels: boolean,
): Promise<Outcome | 'skipped'> {
  useKernels(kernels);
  const made: Made = { tensors: [], extreme: false };
  try {
    const args = build(recipe, made) as readonly unknown[];
    if (call.skip?.(args)) return 'skipped';
    const was = await snapshot(args);
    const held = tf.memory().numTensors;
    const outcome = await settled(run, args, made);
    const left = tf.memory().numTensors - held;
    if (left !== 0)
      throw new Error(`${call.name} leaves ${left} tensors, ${'refused' in outcome ? 'refusing' : 'beside its result'}`);
    if (call.own) ownWords(call, outcome);
    const is = await snapshot(args);
    if (!same(was, is, 0)) throw new Error(`${call.name} has changed an argument`);
    return outcome;
  } finally {
    useKernels(true);
    tf.dispose(made.tensors.filter((tensor) => !tensor.isDisposed));
  }
}

/** Throws unless a refusal is in the function's own name, and no NaN comes of numbers. */
function ownWords({ name }: Call, outcome: Outcome): void {
  if (!('refused' in outcome)) {
    if (!outcome.extreme && hasNaN(outcome.result)) throw new Error(`${name} makes NaN`);
    return;
  }
  const { where, argument, message } = outcome.refused;
  if (where !== name || argument.trim() === '') throw new Error(`${name} refuses in another's name: ${message}`);
}

const hasNaN = (tree: unknown): boolean =>
  Number.isNaN(tree) || (typeof tree === 'object' && tree !== null && Object.values(tree).some(hasNaN));

async function settled(run: (...args: unknown[]) => unknown, args: readonly unknown[], made: Made): Promise<Outcome> {
  try {
    const result = await run(...args);
    const plain = await snapshot(result);
    const mine = new Set(made.tensors);
    tf.dispose([...new Set(tensorsOf(result))].filter((tensor) => !mine.has(tensor) && !tensor.isDisposed));
    return { result: plain, extreme: made.extreme };
  } catch (reason) {
    if (reason instanceof StdpError) return { refused: reason };
    throw reason;
  }
}

/** A tree with tensors and typed arrays as plain lists, functions as what they are. */
async function snapshot(tree: unknown): Promise<unknown> {
  const read = new Map<tf.Tensor, unknown>();
  for (const tensor of tensorsIn(tree)) {
    if (tensor.isDisposed || read.has(tensor)) continue;
    const data = await tensor.data();
    read.set(tensor, { shape: tensor.shape, dtype: tensor.dtype, numbers: Array.from(data as ArrayLike<unknown>) });
  }
  return limited(() =>
    mapLeaves(tree, (leaf) => {
      if (leaf instanceof tf.Tensor) return read.get(leaf) ?? 'disposed';
      if (ArrayBuffer.isView(leaf) && !(leaf instanceof DataView)) return Array.from(leaf as unknown as ArrayLike<unknown>);
      return typeof leaf === 'object' && leaf !== null ? show(leaf) : leaf;
    }),
  );
}

const tensorsIn = (tree: unknown): readonly tf.Tensor[] => {
  const found = limited(() => tensorsOf(tree));
  return Array.isArray(found) ? found : [];
};

/** What can't be walked because it lies within itself is not compared. */
function limited<T>(walk: () => T): T | 'a circle' {
  try {
    return walk();
  } catch (reason) {
    if (reason instanceof StdpError) return 'a circle';
    throw reason;
  }
}

function differs(a: Outcome, b: Outcome): string | undefined {
  if ('refused' in a || 'refused' in b) {
    if ('refused' in a && 'refused' in b) return undefined;
    return [a, b].map((outcome) => ('refused' in outcome ? outcome.refused.message : 'an answer')).join(' | ');
  }
  if (a.extreme || b.extreme || same(a.result, b.result, 2e-5)) return undefined;
  return `${JSON.stringify(a.result)?.slice(0, 300)} | ${JSON.stringify(b.result)?.slice(0, 300)}`;
}

/** Whether two snapshots agree; numbers to a tolerance relative to the largest about them. */
function same(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b)) {
    const scale =
      tolerance === 0
        ? 1
        : a.reduce(
            (most: number, entry) =>
              typeof entry === 'number' && Number.isFinite(entry) ? Math.max(most, Math.abs(entry)) : most,
            1,
          );
    return a.length === b.length && a.every((entry, index) => same(entry, b[index], tolerance * scale));
  }
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    const [one, other] = [Object.entries(a), new Map(Object.entries(b))];
    return one.length === other.size && one.every(([name, entry]) => other.has(name) && same(entry, other.get(name), tolerance));
  }
  return Object.is(a, b);
}
