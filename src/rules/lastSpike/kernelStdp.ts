import type * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow, type Validated } from '../../core/errors.js';
import { paramsSchema } from '../../core/params/schema.js';
import { nothingMore } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { pushHistory } from '../../traces/history.js';
import { ratesInside } from '../../updates/updateParams.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';
import { makeRule } from '../makeRule.js';
import { type AxonParams, axonFields } from '../pair/axons.js';
import type { Rule } from '../rule.js';
import { kernelWindow } from './delayAdjustedRule.js';
import { delayedAges, initAgeHistory } from './delayedAges.js';
import { type KernelWindowParams, kernelWindowFields, type SpikePairParams, spikePairFields } from './spikePairParams.js';
import { ageRows, initSpikeAgesState, nextSpikeAges, pairsDelta, type SpikeAgesState, spikePairs } from './spikePairs.js';

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
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'kernelStdp: dt must be a number > 0, got 0'
 */
export const validateKernelStdpParams = (given?: Partial<KernelStdpParams>): Validated<KernelStdpParams> =>
  schema.validate(given);

/**
 * The memory of {@link kernelStdp}.
 *
 * @property ageHistory  of rules with delays: the inputs' ages, latest first, `[batch, length, …]`.
 */
export interface KernelStdpState extends SpikeAgesState {
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
export function kernelStdp(
  params?: Partial<KernelStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<KernelStdpState> {
  nothingMore(more, 'kernelStdp', 'kernelStdp(params, topology)');
  const complete = orThrow(validateKernelStdpParams(params));
  const { maxDelay } = complete;
  const window = kernelWindow(complete, 'kernelStdp');
  return makeRule<KernelStdpState>({
    name: 'kernelStdp',
    params: complete,
    perInput: [],
    reads: ['delay'],
    topology,
    init: (shapes) => ({
      ...initSpikeAgesState(shapes),
      ...(maxDelay > 0 && { ageHistory: initAgeHistory(shapes, topology, complete) }),
    }),
    delta: (input, w, { ageHistory, ...state }) => {
      const { delay } = input;
      ensure(delay === undefined || maxDelay > 0, 'kernelStdp', 'delay', () => 'came, but maxDelay is 0');
      const ages = nextSpikeAges(input, state);
      const history = ageHistory && pushHistory(ageHistory, ages.agePre);
      const arrived =
        history && delay ? delayedAges(history, delay, topology, complete) : ageRows(ages.agePre, topology, w.shape);
      const pairs = spikePairs(arrived, ages.agePost, topology, w.shape, complete);
      return [pairsDelta(pairs, window(w.shape, topology), w.shape), { ...ages, ...(history && { ageHistory: history }) }];
    },
    update: { ...complete, ...ratesInside },
  });
}
