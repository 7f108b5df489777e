import * as tf from '@tensorflow/tfjs-core';
import { ensure, inName } from './errors.js';
import { hostTensor } from './hostTensor.js';
import { nothingMore } from './params/validation.js';
import { mostAxes } from './shapes.js';
import { show } from './show.js';
import { isEven, mergedLast, type Stacks, stackable } from './stacks.js';
import { ensureBackend, tidily } from './tensors.js';
import { isRecord, mapLeaves, mapTensors, tensorsOf } from './trees.js';
import { type Step, wholeSeriesOf } from './wholeSeries.js';

/**
 * Threads a carry through time, as `jax.lax.scan`: `[carry, y] = step(carry, x[t])` for t = 0 … T − 1.
 *
 * Each step is tidied: apart from its carry and its y nothing stays. With `y = null` the number of live tensors does
 * not depend on T at all; with tensors as y it grows by log₂ T while they are gathered. Inputs are never disposed, nor
 * is `init`. `tf.grads` goes through it.
 *
 * @param step  pure function of the carry and of the slice of `xs` at one time step.
 * @param init  first carry: a tensor, or arrays and records of tensors; numbers in it are handed on as they are.
 * @param xs    series that share a leading time axis T: a tensor, a list of finite numbers or of lists of them, a typed array;
 *              or lists and records of these. Single numbers, texts and truth values are the same in every step.
 * @returns the last carry (fresh tensors), and the ys stacked along a new leading axis T: tensors, and numbers as float32
 *          (`null` where step gave none, and when T = 0: without a step nothing tells their shape).
 * @throws {StdpError} when xs holds no series, the leading axes differ, or step gives something else than `[carry, y]`, a carry
 *         of another form than init, or ys that are not alike.
 * @example
 * const [total, sums] = scan((sum, x) => [tf.add(sum, x), tf.add(sum, x)], tf.fill([], 0), tf.tensor1d([1, 2, 3]));
 * total.print();   // => 6
 * sums.print();    // => [1, 3, 6]
 */
export function scan<const Carry, const Xs, Y>(
  step: Step<Carry, Xs, Y>,
  init: Carry,
  xs: Xs,
  ...more: readonly never[]
): [Carry, Y] {
  nothingMore(more, 'scan', 'scan(step, init, xs)');
  const hint = isRecord(step) && 'toJSON' in step ? ': take stepOf(rule)' : '';
  ensure(typeof step === 'function', 'scan', 'step', () => `must be a function, got ${show(step)}${hint}`);
  ensureBackend('scan');
  for (const tensor of inName('scan', () => tensorsOf(init)))
    ensure(!tensor.isDisposed, 'scan', 'init', () => 'holds a tensor that was disposed');
  const made: tf.Tensor[] = [];
  try {
    const series = inName('scan', () => asSeries(xs, made)) as Xs;
    const steps = lengthOf(series);
    const whole = steps === 0 ? undefined : tidily(() => wholeSeriesOf(step)?.(init, series));
    return whole === undefined ? stepByStep(step, init, series, steps) : [...whole];
  } finally {
    tf.dispose(made);
  }
}

/** Lists of numbers become tensors, which are noted in `made`; everything else stays. */
const asSeries = (xs: unknown, made: tf.Tensor[]): unknown =>
  mapLeaves(
    xs,
    (leaf, path) => {
      if (!isNumbers(leaf)) return visible(leaf, ['xs', ...path].join('.'));
      const tensor = hostTensor(leaf, 'scan', ['xs', ...path].join('.'), 'finite');
      made.push(tensor);
      return tensor;
    },
    (tree) => tree instanceof tf.Tensor || isNumbers(tree),
  );

/** A leaf of a tree, unless it is an object of a class, which may hold tensors that can't be sliced, kept or let go of. */
function visible(leaf: unknown, argument: string): unknown {
  const hidden = typeof leaf === 'object' && leaf !== null && !(leaf instanceof tf.Tensor) && !ArrayBuffer.isView(leaf);
  ensure(!hidden, 'scan', argument, () => `is ${show(leaf)}, whose tensors can't be seen: give the tensors themselves`);
  return leaf;
}

/** The same carry with tensors of its own. */
const keptCarry = <Carry>(carry: Carry, argument: string): Carry =>
  mapLeaves(carry, (leaf, path) => {
    const name = [argument, ...path].join('.');
    if (!(leaf instanceof tf.Tensor)) return visible(leaf, name);
    ensure(!leaf.isDisposed, 'scan', name, () => 'is a tensor that was disposed');
    return tf.clone(leaf);
  }) as Carry;

/** A typed array, or a list of numbers or of such lists; not deeper than one axis too many, of which {@link hostTensor} tells. */
const isNumbers = (value: unknown, axes = 1): boolean =>
  ArrayBuffer.isView(value) ||
  (Array.isArray(value) &&
    axes <= mostAxes + 1 &&
    value.every((entry) => typeof entry === 'number' || typeof entry === 'boolean' || isNumbers(entry, axes + 1)));

/** The length of the axis of time that all series share. */
function lengthOf(series: unknown): number {
  const [first, ...others] = tensorsOf(series);
  for (const x of [first, ...others]) ensure(x?.isDisposed !== true, 'scan', 'xs', () => 'holds a tensor that was disposed');
  const steps = first?.shape[0];
  ensure(steps !== undefined, 'scan', 'xs', () => 'needs at least one tensor with a leading time axis');
  const isSeries = others.every(({ rank }) => rank > 0);
  ensure(isSeries, 'scan', 'xs', () => 'holds a scalar tensor, which has no leading time axis');
  for (const { shape } of others)
    ensure(shape[0] === steps, 'scan', 'xs', () => `has leading axes ${steps} and ${shape[0]}, which must agree`);
  return steps;
}

function stepByStep<Carry, Xs, Y>(step: Step<Carry, Xs, Y>, init: Carry, xs: Xs, steps: number): [Carry, Y] {
  let carry = tidily(() => keptCarry(init, 'init'));
  let stacks: Stacks = [];
  try {
    for (let time = 0; time < steps; time++) {
      const [next, y] = tidily(() => {
        const result: unknown = step(
          carry,
          mapTensors(xs, (x) => sliceAt(x, time)),
        );
        const isPair = Array.isArray(result) && result.length === 2;
        ensure(isPair, 'scan', 'step', () => `must return [carry, y], returned ${show(result)}`);
        const [nextCarry, output] = result as [Carry, Y];
        const kept = inName('scan', () => [keptCarry(nextCarry, 'step.carry'), stackable(output)] as const);
        const isCarry = hasFormOf(carry, nextCarry);
        ensure(isCarry, 'scan', 'step', () => `must return a carry of the form of init, returned ${show(nextCarry)} as carry`);
        return kept;
      });
      tf.dispose([...tensorsOf(carry)]);
      carry = next;
      stacks = [...stacks, { size: 1, tree: y }];
      while (isEven(stacks)) stacks = mergedLast(stacks);
    }
    while (stacks.length > 1) stacks = mergedLast(stacks);
    return [carry, (stacks[0]?.tree ?? null) as Y];
  } catch (reason) {
    tf.dispose([...tensorsOf(carry), ...stacks.flatMap(({ tree }) => tensorsOf(tree))]);
    throw reason;
  }
}

/**
 * Whether the next carry has the form of this one: a step that forgets `[…, y]` would lose its state. Records may drop fields that no
 * later step needs (`initLifState` has a `z` that `lifFeedForwardStep` doesn't hand on).
 */
function hasFormOf(carry: unknown, next: unknown): boolean {
  if (carry instanceof tf.Tensor) return next instanceof tf.Tensor;
  if (tensorsOf(carry).length === 0) return true;
  if (Array.isArray(carry))
    return Array.isArray(next) && carry.length === next.length && carry.every((branch, index) => hasFormOf(branch, next[index]));
  if (!isRecord(carry) || !isRecord(next)) return false;
  const shared = Object.keys(carry).filter((name) => next[name] !== undefined);
  return shared.length > 0 && shared.every((name) => hasFormOf(carry[name], next[name]));
}

/** What a series is at one time step. (A tensor of nothing may hold a plain list on cpu, which tfjs can't slice.) */
export function sliceAt(x: tf.Tensor, time: number): tf.Tensor {
  const shape = x.shape.slice(1);
  if (x.size === 0) return tf.zeros(shape, x.dtype);
  return tf.reshape(tf.slice(x, [time, ...shape.map(() => 0)], [1, ...shape]), shape);
}
