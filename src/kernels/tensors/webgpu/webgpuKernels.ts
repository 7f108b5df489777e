import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.js';
import type { ChangeConstants, ChangeSizes, PairConstants, TraceConstants } from '../../constants.js';
import type { BackendKernels, ChangeTensors, PairResult, PairTensors, TermTensors } from '../backendKernels.js';
import { mayOverwrite } from '../unshared.js';
import { convChangeShader, denseChangeShader, type Sides } from './changeShaders.js';
import { run, runInPlace } from './device.js';
import { firstSpikesShader } from './firstSpikesShader.js';
import { pairSeriesShader } from './pairSeriesShader.js';
import type { Shader } from './shader.js';
import { traceHistoryShader, traceStepShader } from './traceShaders.js';
import type { WebgpuBackend } from './webgpuBackend.js';

/** The kernels of tfjs-backend-webgpu: shaders of our own in its queue, on its buffers. */
export const webgpuKernels = (backend: WebgpuBackend): BackendKernels => ({
  traceStep: (trace, spikes, constants) => run(backend, traceStepShader(trace.shape, constants, false), [trace, spikes]),
  applyChange: (w, terms, sizes, ...rest) => (sizes.sparse ? undefined : applyChange(backend, w, terms, sizes, ...rest)),
  pairStep: (tensors, sizes, ...rest) => (sizes.sparse ? undefined : pairStep(backend, tensors, sizes, ...rest)),
  pairSeries: (tensors, sizes, constants) => (sizes.sparse ? undefined : pairSeries(backend, tensors, sizes, constants)),
  firstSpikes: (times, w, constants) =>
    run(backend, firstSpikesShader(times.shape, w.shape, constants), [times, w]) as tf.Tensor4D,
});

const changeShader = (
  w: tf.Tensor,
  sizes: ChangeSizes,
  constants: ChangeConstants,
  mean: boolean,
  sides: Sides,
  inPlace: boolean,
): Shader =>
  sizes.geometry === undefined
    ? denseChangeShader(w.shape, sizes, constants, mean, sides, inPlace)
    : convChangeShader(w.shape, sizes.batch, sizes.geometry, constants, mean, sides, inPlace);

/** Terms are stacked: a sum over terms is a sum over more samples. */
function applyChange(
  backend: WebgpuBackend,
  w: tf.Tensor,
  { plus, minus }: ChangeTensors,
  sizes: ChangeSizes,
  constants: ChangeConstants,
  mean: boolean,
): tf.Tensor {
  const { batch, rows, columns } = sizes;
  const sides = { plus: batch * plus.length, minus: batch * minus.length };
  const stack = (terms: readonly TermTensors[]): readonly tf.Tensor[] =>
    terms.length === 0
      ? []
      : [
          tf.concat(terms.map(({ pre }) => (pre === 1 ? tf.ones([batch, rows]) : pre))),
          tf.concat(terms.map(({ post }) => (post === 1 ? tf.ones([batch, columns]) : post))),
        ];
  return tf.tidy(() => run(backend, changeShader(w, sizes, constants, mean, sides, false), [w, ...stack(plus), ...stack(minus)]));
}

function pairStep(
  backend: WebgpuBackend,
  { w, tPre, tPost, pre, post }: PairTensors,
  sizes: ChangeSizes,
  constants: PairConstants,
  donate: boolean,
): PairResult {
  const inPlace = donate && mayOverwrite([w, tPre, tPost], [pre, post]);
  const before = {
    pre: constants.presentPre ? undefined : tf.mul(tPre, constants.pre.decay),
    post: constants.presentPost ? undefined : tf.mul(tPost, constants.post.decay),
  };
  const next = (trace: tf.Tensor, spikes: tf.Tensor, traceConstants: TraceConstants): tf.Tensor => {
    const shader = traceStepShader(trace.shape, traceConstants, inPlace);
    if (!inPlace) return run(backend, shader, [trace, spikes]);
    runInPlace(backend, shader, [spikes], trace);
    return trace;
  };
  const [nextPre, nextPost] = [next(tPre, pre, constants.pre), next(tPost, post, constants.post)];
  const sides = { plus: sizes.batch, minus: sizes.batch };
  const shader = changeShader(w, sizes, constants.change, constants.mean, sides, inPlace);
  const factors = [before.pre ?? nextPre, post, pre, before.post ?? nextPost];
  if (inPlace) runInPlace(backend, shader, factors, w);
  const nextW = inPlace ? w : run(backend, shader, [w, ...factors]);
  before.pre?.dispose();
  before.post?.dispose();
  return { w: nextW, tPre: nextPre, tPost: nextPost };
}

/** Convolutions go step by step. */
function pairSeries(
  backend: WebgpuBackend,
  { w, tPre, tPost, pre, post }: PairTensors,
  { batch, rows, columns, geometry }: ChangeSizes,
  constants: PairConstants,
): PairResult | undefined {
  if (geometry !== undefined) return undefined;
  const steps = at(pre.shape, 0);
  const [inputs, outputs] = [batch * rows, batch * columns];
  const history = (trace: tf.Tensor, train: tf.Tensor, count: number, traceConstants: TraceConstants) =>
    run(backend, traceHistoryShader(steps, count, traceConstants), [trace, train]);
  const [tracePre, tracePost] = [history(tPre, pre, inputs, constants.pre), history(tPost, post, outputs, constants.post)];
  const shader = pairSeriesShader([rows, columns], steps, batch, constants);
  const nextW = run(backend, shader, [w, tracePre, pre, tracePost, post]);
  const end = (traces: tf.Tensor, count: number, { shape }: tf.Tensor) =>
    tf.tidy(() => tf.reshape(tf.slice(traces, [steps, 0], [1, count]), shape));
  const result = { w: nextW, tPre: end(tracePre, inputs, tPre), tPost: end(tracePost, outputs, tPost) };
  tf.dispose([tracePre, tracePost]);
  return result;
}
