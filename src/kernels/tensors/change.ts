import type { ChangeTerms, TermAddresses } from '../changeTerms.js';
import type { ChangeConstants, ChangeSizes } from '../constants.js';
import type { RuleKernels } from '../module/ruleKernels.js';
import { setChange } from './setChange.js';

/** Words of scratch beyond which the composition of operations serves: sizes are 32-bit integers in the kernels. */
const mostWords = 2 ** 28;

/** Values of a layer beyond which their divisions by constants are no longer exact. */
const mostPositions = 2 ** 24;

/** Whether the scratch of a change, for so many terms of both sides, is in proportion. */
export function isWithinReach({ batch, inputs, outputs, rows, columns, geometry }: ChangeSizes, terms: number): boolean {
  if (geometry === undefined) return batch * terms * (2 * Math.max(rows, columns) + 40) < mostWords;
  const [, , , kernelHeight, kernelWidth, outHeight, outWidth, maps, , , dilationY, dilationX] = geometry;
  const [tall, wide] = [outHeight + 2 * kernelHeight * dilationY, outWidth + 2 * kernelWidth * dilationX];
  const words = 8 * rows * (columns + 4) + tall * wide * (maps + 4) + 8 * (inputs + outputs);
  return words < mostWords && Math.max(inputs, outputs) < mostPositions;
}

/** Bytes of scratch that {@link applyTerms} takes for so many terms a side. */
export function changeScratch(kernels: RuleKernels, sizes: ChangeSizes, plus: number, minus: number): number {
  const { batch, rows, columns, geometry, sparse } = sizes;
  if (sparse !== undefined) return sparse.scratch;
  if (geometry === undefined) {
    if (isOneSample(batch, plus, minus)) return 4 * (2 * (columns + 64) + 8);
    return 4 * (2 * batch * (plus + minus) + kernels.applyManyWords(rows, columns, batch * plus, batch * minus) + 16);
  }
  kernels.setGeometry(...geometry);
  return 4 * (2 * (kernels.sumsWords() + kernels.sumsByPostWords()) + kernels.correlateWords() + 64);
}

/** Where weights are before and after a change. */
export interface WeightAddresses {
  readonly w: number;
  /** Whether all lie within the clamp before it. */
  readonly bounded: boolean;
  /** May be `w`, if they do. */
  readonly out: number;
}

/** w' = changed(w, Δ₊, Δ₋) with Δ± = Σ over terms and samples of pre ⊗ post, event-driven. */
export function applyTerms(
  kernels: RuleKernels,
  sizes: ChangeSizes,
  constants: ChangeConstants,
  mean: boolean,
  at: WeightAddresses,
  terms: ChangeTerms,
  scratch: number,
): void {
  setChange(kernels, constants, mean ? 1 / sizes.batch : 1);
  if (sizes.sparse !== undefined) sizes.sparse.apply(kernels, sizes, constants, at, terms, scratch);
  else if (sizes.geometry !== undefined) applyToTaps(kernels, sizes, at, terms, scratch);
  else if (isOneSample(sizes.batch, terms.plus.length, terms.minus.length)) applyOne(kernels, sizes, at, terms, scratch);
  else applyMany(kernels, sizes, at, terms, scratch);
}

const isOneSample = (batch: number, plus: number, minus: number): boolean => batch === 1 && plus < 2 && minus < 2;

function applyOne(
  kernels: RuleKernels,
  { rows, columns }: ChangeSizes,
  { w, bounded, out }: WeightAddresses,
  { plus: [plus], minus: [minus] }: ChangeTerms,
  scratch: number,
): void {
  const none = { pre: 0, post: 0 };
  const [up, down] = [plus ?? none, minus ?? none];
  kernels.applyOne(rows, columns, w, out, bounded, up.pre, up.post, down.pre, down.post, scratch + 16);
}

function applyMany(
  kernels: RuleKernels,
  { batch, rows, columns }: ChangeSizes,
  { w, out }: WeightAddresses,
  { plus, minus }: ChangeTerms,
  scratch: number,
): void {
  let end = scratch;
  const table = (terms: readonly TermAddresses[]): number => {
    const start = end;
    for (const { pre, post, samePre, samePost } of terms) {
      kernels.listSamples(end, batch, pre, samePre ? 0 : rows, post, samePost ? 0 : columns);
      end += 8 * batch;
    }
    return start;
  };
  const plusTable = table(plus);
  const minusTable = table(minus);
  const rest = Math.ceil(end / 16) * 16;
  kernels.applyMany(rows, columns, w, out, batch * plus.length, plusTable, batch * minus.length, minusTable, rest);
}

function applyToTaps(
  kernels: RuleKernels,
  sizes: ChangeSizes,
  { w, out }: WeightAddresses,
  { plus, minus }: ChangeTerms,
  scratch: number,
): void {
  if (sizes.geometry !== undefined) kernels.setGeometry(...sizes.geometry);
  const [words, wordsByPost] = [kernels.sumsWords(), kernels.sumsByPostWords()];
  const start = Math.ceil(scratch / 16) * 16;
  const rest = start + 4 * (2 * words + wordsByPost);
  const side = (terms: readonly TermAddresses[], sums: number): number => {
    if (terms.length === 0) return 0;
    sumOverImages(kernels, sizes, terms, { sums, byPost: start + 8 * words, words, wordsByPost }, rest);
    return sums;
  };
  const plusSums = side(plus, start);
  const minusSums = side(minus, start + 4 * words);
  kernels.applySums(w, out, plusSums, minusSums);
}

/** Where the sums of one side go, and their sizes. */
interface Sums {
  readonly sums: number;
  readonly byPost: number;
  readonly words: number;
  readonly wordsByPost: number;
}

function sumOverImages(
  kernels: RuleKernels,
  { batch, inputs, outputs }: ChangeSizes,
  terms: readonly TermAddresses[],
  { sums, byPost, words, wordsByPost }: Sums,
  scratch: number,
): void {
  kernels.zero(words, sums);
  for (const { pre, post } of terms) {
    const postIsRarer =
      kernels.estimateSpikes(batch * outputs, post) * inputs <= kernels.estimateSpikes(batch * inputs, pre) * outputs;
    if (postIsRarer) kernels.zero(wordsByPost, byPost);
    for (let image = 0; image < batch; image++) {
      const target = postIsRarer ? byPost : sums;
      kernels.correlate(pre + 4 * image * inputs, post + 4 * image * outputs, target, postIsRarer, scratch);
    }
    if (postIsRarer) kernels.foldSums(byPost, sums);
  }
}
