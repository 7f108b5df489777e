import { at } from '../../core/at.js';
import type { ChangeSizes, PairConstants } from '../constants.js';
import type { RuleKernels } from '../module/ruleKernels.js';
import type { PairResult, PairTensors } from './backendKernels.js';
import { isBounded, noteBounded } from './bounded.js';
import { stepAt, stepScratch } from './pairStep.js';
import { setChange } from './setChange.js';
import type { TensorMemory } from './tensorMemory.js';

/**
 * All steps of the pair rule on given spike trains as one piece of work, bit for bit what stepping gives.
 *
 * @param tensors  as of a step, but `pre` and `post` with a leading axis of time, at least one step.
 * @returns new tensors.
 */
export function pairSeries(memory: TensorMemory, tensors: PairTensors, sizes: ChangeSizes, constants: PairConstants): PairResult {
  const { w, tPre, tPost, pre, post } = tensors;
  const steps = at(pre.shape, 0);
  const { batch, rows, columns, geometry, sparse } = sizes;
  const alone = batch === 1 && geometry === undefined && sparse === undefined;
  const series = alone ? 4 * memory.kernels.scanPairsWords(rows, columns) : 0;
  const bounded = isBounded(w, constants.change);
  const bytes = Math.max(series, stepScratch(memory.kernels, sizes)) + 16;
  const [nextW, nextPre, nextPost] = memory.create(
    [w, tPre, tPost, pre, post],
    [w.shape, tPre.shape, tPost.shape],
    bytes,
    (kernels, [from, xPre, xPost, zPre, zPost], [out, toPre, toPost], scratch) => {
      const to = { pre: toPre, post: toPost };
      // The first step copies the weights and brings them within the clamp.
      const first = { w: from, bounded, out, from: { pre: xPre, post: xPost }, to, pre: zPre, post: zPost };
      stepAt(kernels, sizes, constants, first, scratch);
      const rest = { pre: zPre + 4 * tPre.size, post: zPost + 4 * tPost.size };
      if (alone) scanRows(kernels, sizes, constants, steps - 1, { w: out, ...rest, to }, Math.ceil(scratch / 16) * 16);
      else
        for (let time = 1; time < steps; time++) {
          const [z, y] = [zPre + 4 * time * tPre.size, zPost + 4 * time * tPost.size];
          stepAt(kernels, sizes, constants, { w: out, bounded: true, out, from: to, to, pre: z, post: y }, scratch);
        }
    },
  );
  noteBounded(nextW, constants.change);
  return { w: nextW, tPre: nextPre, tPost: nextPost };
}

interface SeriesAddresses {
  readonly w: number;
  readonly pre: number;
  readonly post: number;
  readonly to: { readonly pre: number; readonly post: number };
}

function scanRows(
  kernels: RuleKernels,
  { rows, columns }: ChangeSizes,
  { pre, post, presentPre, presentPost, change }: PairConstants,
  steps: number,
  at: SeriesAddresses,
  scratch: number,
): void {
  setChange(kernels, change);
  kernels.scanPairs(
    ...([steps, rows, columns, at.w, at.to.pre, at.to.post, at.pre, at.post] as const),
    ...([pre.decay, pre.height, post.decay, post.height, pre.nearest, presentPre, presentPost, scratch] as const),
  );
}
