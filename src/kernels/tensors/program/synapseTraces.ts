import { at } from '../../../core/at.js';
import type { ChangeTerms } from '../../changeTerms.js';
import type { ChangeConstants, ChangeSizes } from '../../constants.js';
import { dependenceCodes } from '../../dependences.js';
import { aligned } from '../../module/arena.js';
import type { RuleKernels } from '../../module/ruleKernels.js';
import { applyTerms } from '../change.js';
import { setChange } from '../setChange.js';
import type { Program, ProgramConstants } from './program.js';
import { type Registers, termsOf } from './terms.js';

/** What a step of synapse traces works on. */
interface SynapseWork {
  readonly kernels: RuleKernels;
  readonly program: Program;
  readonly sizes: ChangeSizes;
  readonly registers: Registers;
  /** How many weights there are. */
  readonly size: number;
  readonly synapses: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** A sum of terms without bounds. */
const plain: ChangeConstants = {
  code: dependenceCodes.additive,
  etaPlus: 1,
  etaMinus: 1,
  mu: 0,
  wMin: 0,
  wMax: 0,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
};

/** E' = decay·E + Σ terms, sample by sample. */
export function stepSynapses({ kernels, program, sizes, registers, size, synapses }: SynapseWork): void {
  const { batch, inputs, outputs } = sizes;
  program.synapses.forEach(({ decay, terms }, index) => {
    const [before, after] = [at(synapses.before, index), at(synapses.after, index)];
    kernels.traceStep(batch * size, before, before, after, decay, 0, false);
    const sides = termsOf(kernels, registers, terms, 1);
    const scratch = registers.take(0);
    for (let sample = 0; sample < batch; sample++) {
      const own = after + 4 * sample * size;
      const terms = ofSample(sides, 4 * sample * inputs, 4 * sample * outputs);
      applyTerms(kernels, { ...sizes, batch: 1 }, plain, false, { w: own, bounded: true, out: own }, terms, scratch);
    }
  });
}

const ofSample = ({ plus, minus }: ChangeTerms, pre: number, post: number): ChangeTerms => {
  const moved = (side: ChangeTerms['plus']) => side.map((term) => ({ pre: term.pre + pre, post: term.post + post }));
  return { plus: moved(plus), minus: moved(minus) };
};

/** w' = changed(w, Δ₊, Δ₋), each Δ the sum of what traces and samples have on its side. */
export function changeBySynapses(
  { kernels, program, sizes, registers, size, read }: SynapseWork & { readonly read: readonly number[] },
  { change, mean }: ProgramConstants,
  modulation: number | undefined,
  { w, out }: { readonly w: number; readonly out: number },
): void {
  if (modulation === undefined) {
    if (out !== w) kernels.clampAll(size, w, out, change.low, change.high);
    return;
  }
  const [plus, minus] = [registers.take(size), registers.take(size)];
  kernels.zero(size, plus);
  kernels.zero(size, minus);
  program.synapses.forEach(({ rate, sorted }, index) => {
    const factor = rate * modulation;
    const side = factor > 0 ? plus : minus;
    for (let sample = 0; sample < sizes.batch; sample++) {
      const due = at(read, index) + 4 * sample * size;
      if (sorted === 'byChange') kernels.addSigned(size, due, factor, plus, minus);
      else kernels.traceStep(size, side, due, side, 1, Math.abs(factor), false);
    }
  });
  setChange(kernels, change, mean ? 1 / sizes.batch : 1);
  kernels.changeAll(size, w, out, plus, minus, 1, 1);
}

/** Bytes of scratch for it. */
export const synapseScratch = ({ synapses }: Program, size: number): number => (synapses.length > 0 ? 2 * aligned(4 * size) : 0);
