import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import type { Schema } from '../../core/params/schema.js';
import type { Numeric } from '../../core/params/validation.js';
import { asTensor } from '../../core/tensors.js';
import { alongWeights } from '../../topologies/perOutput.js';
import type { Topology } from '../../topologies/topology.js';
import { ratesInside } from '../../updates/updateParams.js';
import { type DelayBoundParams, delayBounds, type WeightBoundParams } from '../boundParams.js';
import { type RuleBody, ruleMaker } from '../ruleMaker.js';
import { times } from '../signedDelta.js';
import {
  ageRows,
  initSpikeAgesState,
  type KernelWindowParams,
  nextSpikeAges,
  pairsDelta,
  type RateWindowParams,
  type SpikeAgesState,
  type SpikePairParams,
  spikePairs,
} from './spikePairs.js';
import { changeAt, type StdpKernel } from './stdpKernels.js';

/** A window: the signed change of each half at a difference of spike times `[batch, positions, taps, out]`. */
export type Window = readonly ((difference: tf.Tensor) => tf.Tensor)[];

/** The window of a layer, by the shape of its weights: rates may differ between synapses. */
export type LayerWindow = (weightShape: readonly number[], topology: Topology) => Window;

/** The window of two kernels. What a function gives that is no change is refused in the name of the rule. */
export const kernelWindow =
  ({ kernelPost, kernelPre }: KernelWindowParams, where: string): LayerWindow =>
  (weightShape, topology) => [
    (difference) => changeAt(ofTaps(kernelPost, weightShape, topology), difference, 'post', [where, 'kernelPost']),
    (difference) => changeAt(ofTaps(kernelPre, weightShape, topology), difference, 'pre', [where, 'kernelPre']),
  ];

/** The window of two exponentials; `raises` says on which side of Δ = 0 the half that raises lies. */
export const rateWindow =
  (raises: 'post' | 'pre') =>
  ({ etaPlus, etaMinus, tauPlus, tauMinus }: RateWindowParams): LayerWindow =>
  (weightShape, topology) => {
    const exponential = (eta: Numeric, tau: Numeric) => ofTaps({ kernel: 'exponential', eta, tau }, weightShape, topology);
    return [
      (difference) => changeAt(exponential(etaPlus, tauPlus), difference, raises),
      (difference) => tf.neg(changeAt(exponential(etaMinus, tauMinus), difference, raises === 'post' ? 'pre' : 'post')),
    ];
  };

/** A kernel whose parameters meet differences as they lie: taps by outputs. */
function ofTaps(kernel: StdpKernel, weightShape: readonly number[], topology: Topology): StdpKernel {
  if (typeof kernel === 'function') return kernel;
  const { eta, tau, tauRise, exponent } = kernel;
  const along = (value: Numeric) => alongWeights(value, topology);
  return {
    ...kernel,
    eta: eta instanceof tf.Tensor && eta.rank > 1 ? overTaps(asTensor(along(eta)), weightShape) : along(eta),
    tau: along(tau),
    ...(tauRise !== undefined && { tauRise: along(tauRise) }),
    ...(exponent !== undefined && { exponent: along(exponent) }),
  };
}

/** Rates of synapses as a matrix of taps and outputs. */
const overTaps = (eta: tf.Tensor, weightShape: readonly number[]): tf.Tensor =>
  tf.reshape(tf.mul(eta, tf.ones([...weightShape])), [-1, at(weightShape, -1)]);

type Params = SpikePairParams & { readonly scale?: number };

/** How a window follows from parameters; `where` is the rule that refuses what is wrong in them. */
type WindowOf<P> = (params: P, where: string) => LayerWindow;

/** What makes the rules of the family whose weights learn; delays come with the input. */
export const ofWeights = <P extends Params & WeightBoundParams>(schema: Schema<P>, window: WindowOf<P>) =>
  ruleMaker<P, SpikeAgesState>(schema, (params, topology) =>
    definition(params, topology, window(params, schema.name), 'weight', params),
  );

/** What makes those whose delays are the parameter that learns. */
export const ofDelays = <P extends Params & DelayBoundParams>(schema: Schema<P>, window: WindowOf<P>) =>
  ruleMaker<P, SpikeAgesState>(schema, (params, topology) =>
    definition(params, topology, window(params, schema.name), 'delay', delayBounds(params)),
  );

/**
 * The definition of a rule of the family: a window over `Δ = t_post − (t_pre + delay)`, the time between the latest input spike's
 * arrival at the synapse and the latest output spike. Without delays in the input they are 0; with a `scale` of rewards, nothing is
 * learnt without a reward.
 */
const definition = (
  { scale, ...params }: Params,
  topology: Topology,
  window: LayerWindow,
  learns: 'weight' | 'delay',
  bounds: WeightBoundParams,
): RuleBody<SpikeAgesState> => ({
  perInput: [],
  reads: [...(scale === undefined ? [] : ['reward' as const]), ...(learns === 'weight' ? ['delay' as const] : [])],
  learns,
  init: initSpikeAgesState,
  delta: (input, w, state) => {
    const ages = nextSpikeAges(input, state);
    const delay = learns === 'delay' ? w : input.delay;
    const perSynapse = delay === undefined ? undefined : tf.reshape(delay, [-1, at(w.shape, -1)]);
    const pairs = spikePairs(ageRows(ages.agePre, topology, w.shape), ages.agePost, topology, w.shape, params, perSynapse);
    const modulation = scale === undefined ? 1 : times(input.reward ?? 0, scale);
    return [pairsDelta(pairs, window(w.shape, topology), w.shape, modulation), ages];
  },
  update: { ...bounds, ...ratesInside, batchReduction: params.batchReduction },
});
