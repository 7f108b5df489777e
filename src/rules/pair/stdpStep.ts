import type * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow } from '../../core/errors.js';
import { memoize } from '../../core/memoize.js';
import { nothingMore } from '../../core/params/validation.js';
import { show, showShape } from '../../core/show.js';
import { sameShape, tidily, toFloat } from '../../core/tensors.js';
import { isRecord } from '../../core/trees.js';
import { convolution } from '../../topologies/conv2d.js';
import { dense } from '../../topologies/dense.js';
import type { Conv2dOptions } from '../../topologies/topology.js';
import { traceStep } from '../../traces/unchecked/exponentialTrace.js';
import type { StepOptions } from '../rule.js';
import type { CallNames } from '../ruleInput.js';
import { isPaired } from './pairingSchemes.js';
import { pairRule } from './pairStdp.js';
import { type PairStdpParams, pairStdpSchema } from './pairStdpParams.js';
import type { StdpState } from './stdpState.js';

/**
 * One step of pair STDP on a dense layer: {@link pairStdp} in functional form.
 *
 * @param zPre    presynaptic spikes `[batch, nPre]` or `[nPre]`; 0/1 or graded.
 * @param zPost   postsynaptic spikes `[batch, nPost]` or `[nPost]`.
 * @param w       weights `[nPre, nPost]`.
 * @param state   traces, from {@link initStdpState} or the step before.
 * @param params  see {@link PairStdpParams}.
 * @param options  see {@link StepOptions}: `{ donate: true }` gives w and state away and saves the copy of w.
 * @returns `[w, state]`, new; the arguments stay as they were.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: Norse `stdp_step_linear`.
 *
 * @example
 * let w = tf.fill([2, 1], 0.5), state = initStdpState([2], [1]);
 * [w, state] = stdpStepLinear([1, 0], [0], w, state, { etaPlus: 0.1, tauPre: 20, integration: 'exact' });
 * [w, state] = stdpStepLinear([0, 0], [1], w, state, { etaPlus: 0.1, tauPre: 20, integration: 'exact' });
 * w.print();   // => [[0.5 + 0.1 * Math.exp(-1 / 20)], [0.5]]
 */
export function stdpStepLinear(
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  w: tf.TensorLike | tf.Tensor,
  state: StdpState,
  params?: Partial<PairStdpParams>,
  options?: StepOptions,
  ...more: readonly never[]
): [tf.Tensor, StdpState] {
  nothingMore(more, 'stdpStepLinear', 'stdpStepLinear(zPre, zPost, w, state, params, options)');
  return linearRule(params).step({ pre: zPre, post: zPost }, w, state, options);
}

const linearRule = memoize((params?: Partial<PairStdpParams>) => pairRule(params, dense, callNames('stdpStepLinear')));

/** Spikes are arguments here. */
const callNames = (where: string): CallNames => ({ where, pre: 'zPre', post: 'zPost' });

/** Parameters of {@link stdpStepConv2d}: those of the pair rule and the options of the convolution. */
export type StdpConv2dParams = PairStdpParams & Conv2dOptions;

/**
 * One step of pair STDP on a convolution. Changes are summed over batch and positions: choose the rates accordingly.
 *
 * @param zPre    presynaptic spikes `[batch, height, width, in]`, or without batch.
 * @param zPost   postsynaptic spikes `[batch, outHeight, outWidth, out]`, or without batch.
 * @param w       weights `[kh, kw, in, out]`.
 * @param state   traces, from {@link initStdpState} or the step before.
 * @param params  those of {@link PairStdpParams}, and `strides`, `pad`, `dilations` as in `tf.conv2d`.
 * @param options  see {@link StepOptions}.
 * @returns `[w, state]`, new.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: Norse `stdp_step_conv2d`.
 *
 * @example
 * const state = initStdpState([6, 6, 1], [4, 4, 2]);
 * const [w, next] = stdpStepConv2d(tf.ones([6, 6, 1]), tf.ones([4, 4, 2]), tf.fill([3, 3, 1, 2], 0.5), state);
 * [w.shape, next.tPre.shape, next.tPost.shape];   // => [[3, 3, 1, 2], [6, 6, 1], [4, 4, 2]]
 */
export function stdpStepConv2d(
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  w: tf.TensorLike | tf.Tensor,
  state: StdpState,
  params?: Partial<StdpConv2dParams>,
  options?: StepOptions,
  ...more: readonly never[]
): [tf.Tensor, StdpState] {
  nothingMore(more, 'stdpStepConv2d', 'stdpStepConv2d(zPre, zPost, w, state, params, options)');
  return conv2dRule(params).step({ pre: zPre, post: zPost }, w, state, options);
}

const conv2dRule = memoize((params: Partial<StdpConv2dParams> = {}) => {
  const where = 'stdpStepConv2d';
  ensure(isRecord(params), where, 'params', () => `must be a record, got ${show(params)}`);
  const { strides, pad, dilations, ...rule } = params;
  const options = {
    ...(strides !== undefined && { strides }),
    ...(pad !== undefined && { pad }),
    ...(dilations !== undefined && { dilations }),
  };
  return pairRule(rule, convolution(options, where), callNames(where));
});

/**
 * Both traces one step later, without touching weights.
 *
 * Source: Norse `STDPState.decay`.
 *
 * @example
 * const state = { tPre: tf.ones([1]), tPost: tf.ones([1]) };
 * const next = decayStdpState(state, [0], [1], { tauPre: 20, tauPost: 10, integration: 'exact' });
 * next;   // => { tPre: [0.9512], tPost: [1.9048] }
 */
export function decayStdpState(
  state: StdpState,
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  params?: Partial<PairStdpParams>,
  ...more: readonly never[]
): StdpState {
  const where = 'decayStdpState';
  nothingMore(more, where, 'decayStdpState(state, zPre, zPost, params)');
  const { dt, traceMode, integration, tauPre, tauPost, aPre, aPost } = orThrow(pairStdpSchema.validate(params, where));
  ensure(
    !isPaired(traceMode),
    where,
    'traceMode',
    () => `'${traceMode}' keeps traces of pairs of neurons: step the rule instead`,
  );
  ensure(isRecord(state), where, 'state', () => `must be { tPre, tPost }, got ${show(state)}`);
  const shared = { dt, traceMode, integration };
  const spiked = (spikes: tf.TensorLike | tf.Tensor, name: string, trace: tf.Tensor, field: string): [tf.Tensor, tf.Tensor] => {
    const [z, x] = [toFloat(spikes, where, name), toFloat(trace, where, `state.${field}`)];
    const problem = () => `has shape ${showShape(z.shape)}, state.${field} has ${showShape(x.shape)}`;
    ensure(sameShape(z.shape, x.shape), where, name, problem);
    return [x, z];
  };
  return tidily(() => ({
    tPre: traceStep(...spiked(zPre, 'zPre', state.tPre, 'tPre'), { tau: tauPre, amplitude: aPre, ...shared }),
    tPost: traceStep(...spiked(zPost, 'zPost', state.tPost, 'tPost'), { tau: tauPost, amplitude: aPost, ...shared }),
  }));
}
