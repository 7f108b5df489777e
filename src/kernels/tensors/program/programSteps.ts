import type * as tf from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.js';
import { unreachable } from '../../../core/errors.js';
import type { ChangeSizes } from '../../constants.js';
import { aligned } from '../../module/arena.js';
import type { RuleKernels } from '../../module/ruleKernels.js';
import { isBounded, noteBounded } from '../bounded.js';
import { applyTerms, changeScratch, isWithinReach } from '../change.js';
import { canHold, type TensorMemory } from '../tensorMemory.js';
import { mayOverwrite } from '../unshared.js';
import type { Instruction, Program, ProgramConstants, ProgramResult, ProgramTensors } from './program.js';
import { changeBySynapses, stepSynapses, synapseScratch } from './synapseTraces.js';
import { type Registers, termsOf } from './terms.js';

/**
 * Steps of a program as one piece of work, bit for bit what single steps give.
 *
 * @param tensors  of a step, or of `steps` steps with a leading axis of time in the inputs.
 * @returns new tensors; with `donate` those that came, overwritten, once their weights are known to lie within the clamp;
 *          `undefined` where it is too large for that memory.
 */
export function programSteps(
  memory: TensorMemory,
  program: Program,
  { w, state, inputs }: ProgramTensors,
  sizes: ChangeSizes,
  constants: ProgramConstants,
  steps: number,
  donate: boolean,
): ProgramResult | undefined {
  if (!canHold(memory, [w, ...state, ...inputs]) || !isWithinReach(sizes, 2 * program.terms.length + 2)) return undefined;
  const bytes = programScratch(memory.kernels, program, sizes, w.size);
  const kept = [w, ...state];
  const bounded = isBounded(w, constants.change);
  const run = (
    kernels: RuleKernels,
    from: readonly number[],
    to: readonly number[],
    train: readonly number[],
    scratch: number,
  ): void => {
    for (let step = 0; step < steps; step++) {
      const present = train.map((address, input) => address + (4 * step * at(inputs, input).size) / steps);
      const before = step === 0 ? from : to;
      const weights = { size: w.size, bounded: bounded || step > 0 };
      stepAt(kernels, program, sizes, constants, { ...weights, from: before, to, inputs: present, scratch });
    }
  };
  if (donate && bounded && mayOverwrite(kept, inputs)) {
    memory.update(kept, inputs, bytes, (kernels, train, to, scratch) => run(kernels, to, to, train, scratch));
    noteBounded(w, constants.change);
    return { w, state };
  }
  const made = memory.create(
    [...kept, ...inputs],
    kept.map(({ shape }) => shape),
    bytes,
    (kernels, addresses, to, scratch) => run(kernels, addresses.slice(0, kept.length), to, addresses.slice(kept.length), scratch),
  );
  const [nextW, ...next] = made as readonly [tf.Tensor, ...tf.Tensor[]];
  noteBounded(nextW, constants.change);
  return { w: nextW, state: next };
}

/** Addresses of one step: weights and state before and after, in the order of the program. */
interface StepAddresses {
  readonly size: number;
  readonly bounded: boolean;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly inputs: readonly number[];
  readonly scratch: number;
}

function stepAt(
  kernels: RuleKernels,
  program: Program,
  sizes: ChangeSizes,
  constants: ProgramConstants,
  { size, bounded, from, to, inputs, scratch }: StepAddresses,
): void {
  const [w, before] = [at(from, 0), from.slice(1)];
  const [out, after] = [at(to, 0), to.slice(1)];
  let top = scratch;
  const take = (words: number): number => {
    const address = top;
    top += aligned(4 * words);
    return address;
  };
  const registers = compute(kernels, program, sizes, { inputs, before }, take);
  const factor = constants.modulation;
  const synapses = { before: before.slice(program.state.length), after: after.slice(program.state.length) };
  const work = { kernels, program, sizes, registers, size, synapses };
  if (program.synapses.length > 0) {
    if (program.reads === 'previous') changeBySynapses({ ...work, read: synapses.before }, constants, factor, { w, out });
    stepSynapses(work);
    if (program.reads === 'present') changeBySynapses({ ...work, read: synapses.after }, constants, factor, { w, out });
  } else {
    const terms = factor === undefined ? { plus: [], minus: [] } : termsOf(kernels, registers, program.terms, factor);
    applyTerms(kernels, sizes, constants.change, constants.mean, { w, bounded, out }, terms, top);
  }
  program.state.forEach((part, index) => {
    kernels.copy(at(registers.words, part.after), at(registers.addresses, part.after), at(after, index));
  });
}

/** Runs the instructions. Registers of inputs and of the state are where those are; others are taken from scratch. */
function compute(
  kernels: RuleKernels,
  { sides, inputs, state, instructions }: Program,
  { batch, inputs: ofPre, outputs: ofPost }: ChangeSizes,
  given: { readonly inputs: readonly number[]; readonly before: readonly number[] },
  take: (words: number) => number,
): Registers {
  const words = sides.map((side) => batch * (side === 'pre' ? ofPre : ofPost));
  const addresses = new Array<number>(sides.length).fill(0);
  [inputs.pre, inputs.post, inputs.voltage].forEach((register, index) => {
    if (register !== undefined) addresses[register] = at(given.inputs, index);
  });
  state.forEach(({ before }, index) => {
    addresses[before] = at(given.before, index);
  });
  const addressOf = (register: number): number => at(addresses, register);
  for (const instruction of instructions) {
    const count = at(words, instruction.out);
    const to = take(count);
    addresses[instruction.out] = to;
    carryOut(kernels, instruction, count, addressOf, to);
  }
  return { addresses, words, take };
}

/** Computes so many values at the address `to`. */
function carryOut(
  kernels: RuleKernels,
  instruction: Instruction,
  count: number,
  addressOf: (register: number) => number,
  to: number,
): void {
  switch (instruction.op) {
    case 'trace': {
      const { a, b, decay, height, nearest } = instruction;
      kernels.traceStep(count, addressOf(a), addressOf(b), to, decay, height, nearest);
      break;
    }
    case 'product':
      kernels.multiply(count, addressOf(instruction.a), addressOf(instruction.b), to);
      break;
    case 'rectified':
      kernels.rectify(count, addressOf(instruction.a), instruction.threshold, to);
      break;
    case 'filled':
      kernels.fill(count, to, instruction.value);
      break;
    default:
      unreachable(instruction);
  }
}

/** Bytes of scratch that a step takes. */
function programScratch(kernels: RuleKernels, program: Program, sizes: ChangeSizes, size: number): number {
  const { batch, inputs, outputs } = sizes;
  const terms = [...program.terms, ...program.synapses.flatMap((synapse) => synapse.terms)];
  const vectors = program.instructions.length + terms.length;
  const activities = vectors * aligned(4 * batch * Math.max(inputs, outputs));
  const change = changeScratch(kernels, sizes, Math.max(1, terms.length), Math.max(1, terms.length));
  return activities + change + synapseScratch(program, size) + 64;
}
