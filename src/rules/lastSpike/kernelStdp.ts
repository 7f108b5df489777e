import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { ensure, type Validated } from '../../core/errors.js';
import { paramsSchema } from '../../core/params/schema.js';
import type { Topology } from '../../topologies/topology.js';
import { historyLength, initHistory, pushHistory } from '../../traces/history.js';
import { heldSample, readHistory, sampleBefore } from '../../traces/unchecked/history.js';
import { ratesInside } from '../../updates/updateParams.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';
import { type AxonParams, axonFields } from '../pair/axons.js';
import type { LayerShapes } from '../rule.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import { kernelWindow } from './delayAdjustedRule.js';
import {
  ageRows,
  initSpikeAgesState,
  type KernelWindowParams,
  kernelWindowFields,
  nextSpikeAges,
  pairsDelta,
  type SpikeAgesState,
  type SpikePairParams,
  spikePairFields,
  spikePairs,
} from './spikePairs.js';

/** Parameters of {@link kernelStdp}: those of the pairs, the window, the weights' bounds and the synapses' delays. */
export interface KernelStdpParams extends SpikePairParams, KernelWindowParams, WeightBoundParams, AxonParams {}

const schema = paramsSchema<KernelStdpParams>(
  'kernelStdp',
  { ...spikePairFields, ...kernelWindowFields, ...weightBoundFields, ...axonFields },
  orderedBounds,
);

/** The defaults of {@link KernelStdpParams}. */
export const kernelStdpDefaults: KernelStdpParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateKernelStdpParams({ dt: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'kernelStdp: dt must be a number > 0, got 0'
 */
export const validateKernelStdpParams = (given?: Partial<KernelStdpParams>): Validated<KernelStdpParams> =>
  schema.validate(given);

/** The memory of {@link kernelStdp}. */
export interface KernelStdpState extends SpikeAgesState {
  /** The inputs' ages, latest first, `[batch, length, …]`, of rules with delays. */
  readonly ageHistory?: tf.Tensor;
}

/**
 * STDP with any window: the latest spikes of input and output, Δ apart, change the weight by a kernel of Δ.
 *
 *     Δ = t_post − t_pre        of the latest spikes, as they arrive at the synapse
 *     w' = bound( w + f_b Σ_p K(Δ) ),     K = kernelPost where Δ ≥ 0, kernelPre where Δ < 0
 *
 * By default a pair acts in the steps in which one of its spikes falls: with exponential kernels this is pair STDP between
 * nearest spikes (two spikes at once are one pair, of Δ = 0). With `gate: 'always'`, as in Inferno, the latest pair acts again in every step. A pair of which one side
 * has never fired does nothing. With `maxDelay`, delays come with each input (`input.delay`, ms, the shape of w).
 *
 * @param params    see {@link KernelStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range, or a delay comes although maxDelay is 0.
 *
 * Source: Inferno `KernelSTDP`; Morrison, Diesmann and Gerstner 2008 (nearest-neighbour pairing).
 *
 * @example
 * const rule = kernelStdp({ kernelPost: { kernel: 'gaussian', eta: 0.1, tau: 10 } });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1] }, ...before)[0].print();   // => [[0.5 + 0.1 * Math.exp(-1 / 200)]]
 */
export const kernelStdp: RuleMaker<KernelStdpParams, KernelStdpState> = ruleMaker(schema, (params, topology) => {
  const { maxDelay } = params;
  const window = kernelWindow(params, 'kernelStdp');
  return {
    perInput: [],
    reads: ['delay'],
    init: (shapes) => ({
      ...initSpikeAgesState(shapes),
      ...(maxDelay > 0 && { ageHistory: initAgeHistory(shapes, topology, params) }),
    }),
    delta: (input, w, { ageHistory, ...state }) => {
      const { delay } = input;
      ensure(delay === undefined || maxDelay > 0, 'kernelStdp', 'delay', () => 'came, but maxDelay is 0');
      const ages = nextSpikeAges(input, state);
      const history = ageHistory && pushHistory(ageHistory, ages.agePre);
      const arrived = history && delay ? delayedAges(history, delay, topology, params) : ageRows(ages.agePre, topology, w.shape);
      const pairs = spikePairs(arrived, ages.agePost, topology, w.shape, params);
      return [pairsDelta(pairs, window(w.shape, topology), w.shape), { ...ages, ...(history && { ageHistory: history }) }];
    },
    update: { ...params, ...ratesInside },
  };
});

type Params = AxonParams & { readonly dt: number };

/** The record of the inputs' ages before the first step. */
const initAgeHistory = ({ pre }: LayerShapes, topology: Topology, { maxDelay, dt }: Params): tf.Tensor =>
  initHistory(pre, historyLength(maxDelay, dt), Number.POSITIVE_INFINITY, pre.length === topology.rank ? 1 : 0);

/**
 * The age of each synapse's latest spike at its end, in steps, `[batch, positions, taps, out]`: counted from the step in
 * which the spike arrives, or with `delayed` from the arrival itself, between two steps as well.
 *
 * @param history  the inputs' ages, `[batch, length, …]`, this step's included.
 * @param delay    ms, the shape of the weights.
 */
function delayedAges(history: tf.Tensor, delay: tf.Tensor, topology: Topology, params: Params): tf.Tensor {
  const { dt, maxDelay, delayed, interpolation } = params;
  const within = tf.clipByValue(tf.reshape(delay, [-1, at(delay.shape, -1)]), 0, maxDelay);
  const rows = tf.stack(
    tf.unstack(history, 1).map((ages) => ageRows(ages, topology, delay.shape)),
    1,
  );
  if (!delayed) return readHistory(rows, heldSample(within, params, interpolation));
  const { steps, elapsed } = sampleBefore(within, params);
  return tf.add(readHistory(rows, steps), tf.div(elapsed, dt));
}
