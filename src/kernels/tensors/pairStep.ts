import type { ChangeSizes, PairConstants, TraceConstants } from '../constants.js';
import type { RuleKernels } from '../module/ruleKernels.js';
import type { PairResult, PairTensors } from './backendKernels.js';
import { isBounded, noteBounded } from './bounded.js';
import { applyTerms, changeScratch, type WeightAddresses } from './change.js';
import type { TensorMemory } from './tensorMemory.js';
import { mayOverwrite } from './unshared.js';

/**
 * One step of the pair rule as one piece of work.
 *
 * @returns new tensors; with `donate` those that came, overwritten, once their weights are known to lie within the clamp
 *          (after a first step).
 */
export function pairStep(
  memory: TensorMemory,
  tensors: PairTensors,
  sizes: ChangeSizes,
  constants: PairConstants,
  donate: boolean,
): PairResult {
  const { w, tPre, tPost, pre, post } = tensors;
  const bytes = stepScratch(memory.kernels, sizes);
  const bounded = isBounded(w, constants.change);
  if (donate && bounded && mayOverwrite([w, tPre, tPost], [pre, post])) {
    memory.update([w, tPre, tPost], [pre, post], bytes, (kernels, [zPre, zPost], [at, xPre, xPost], scratch) => {
      const traces = { pre: xPre, post: xPost };
      stepAt(kernels, sizes, constants, { w: at, bounded, out: at, from: traces, to: traces, pre: zPre, post: zPost }, scratch);
    });
    noteBounded(w, constants.change);
    return tensors;
  }
  const [nextW, nextPre, nextPost] = memory.create(
    [w, tPre, tPost, pre, post],
    [w.shape, tPre.shape, tPost.shape],
    bytes,
    (kernels, [at, xPre, xPost, zPre, zPost], [out, toPre, toPost], scratch) => {
      const [from, to] = [
        { pre: xPre, post: xPost },
        { pre: toPre, post: toPost },
      ];
      stepAt(kernels, sizes, constants, { w: at, bounded, out, from, to, pre: zPre, post: zPost }, scratch);
    },
  );
  noteBounded(nextW, constants.change);
  return { w: nextW, tPre: nextPre, tPost: nextPost };
}

/** Addresses of one step. */
export interface StepAddresses extends WeightAddresses {
  readonly from: { readonly pre: number; readonly post: number };
  readonly to: { readonly pre: number; readonly post: number };
  readonly pre: number;
  readonly post: number;
}

/** Bytes of scratch that {@link stepAt} takes. */
export const stepScratch = (kernels: RuleKernels, sizes: ChangeSizes): number =>
  changeScratch(kernels, sizes, 1, 1) + 4 * sizes.batch * (sizes.inputs + sizes.outputs) + 32;

/** One step of the pair rule at addresses. */
export function stepAt(
  kernels: RuleKernels,
  sizes: ChangeSizes,
  { pre, post, presentPre, presentPost, change, mean }: PairConstants,
  { from, to, pre: zPre, post: zPost, ...weights }: StepAddresses,
  scratch: number,
): void {
  const { batch, inputs, outputs } = sizes;
  const afterPre = scratch + 4 * batch * inputs;
  const afterPost = Math.ceil((afterPre + 4 * batch * outputs) / 16) * 16;
  const xPre = trace(kernels, batch * inputs, from.pre, zPre, to.pre, pre, presentPre, scratch);
  const xPost = trace(kernels, batch * outputs, from.post, zPost, to.post, post, presentPost, afterPre);
  const terms = { plus: [{ pre: xPre, post: zPost }], minus: [{ pre: zPre, post: xPost }] };
  applyTerms(kernels, sizes, change, mean, weights, terms, afterPost);
}

/** Advances a trace. Answers where the values to pair with are: with the present spikes in them, or without in `scratch`. */
function trace(
  kernels: RuleKernels,
  size: number,
  from: number,
  spikes: number,
  to: number,
  { decay, height, nearest }: TraceConstants,
  present: boolean,
  scratch: number,
): number {
  if (!present) kernels.traceStep(size, from, spikes, scratch, decay, 0, false);
  kernels.traceStep(size, from, spikes, to, decay, height, nearest);
  return present ? to : scratch;
}
