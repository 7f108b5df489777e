import * as tf from '@tensorflow/tfjs-core';
import { orThrow, type Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { nothingMore, positive } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import { alongWeights } from '../../topologies/perOutput.js';
import type { Topology } from '../../topologies/topology.js';
import { perOutput, traceDecay } from '../../traces/exponentialTrace.js';
import type { Term } from '../../updates/delta.js';
import { perSample } from '../../updates/perSample.js';
import { ratesInside } from '../../updates/updateParams.js';
import { tensorActivities } from '../activities.js';
import { orderedBounds } from '../boundParams.js';
import { separable } from '../coincidence.js';
import type { FastPath } from '../fastPath.js';
import { makeRule } from '../makeRule.js';
import { type PairTracesState, pairActivities, pairAxons, pairSides } from '../pair/pairTraces.js';
import { programPath } from '../programPath.js';
import { type Rule, synapseShape } from '../rule.js';
import { withSeparateSynapses } from '../separateSynapses.js';
import { rewarded } from '../signedDelta.js';
import { type MstdpParams, mstdpFields } from './mstdp.js';

const fields = {
  /** Time constant of the eligibility traces, ms. Default 25. */
  tauEligibility: param(25, positive),
};

/** Parameters of {@link mstdpet}: those of {@link MstdpParams}, and how long synapses remember. */
export interface MstdpetParams extends ParamsOf<typeof fields>, MstdpParams {}

const schema = paramsSchema<MstdpetParams>('mstdpet', { ...mstdpFields, ...fields }, orderedBounds, separable);

/** The defaults of {@link MstdpetParams}. */
export const mstdpetDefaults: MstdpetParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateMstdpetParams({ tauEligibility: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'mstdpet: tauEligibility must be a number > 0, got 0'
 */
export const validateMstdpetParams = (given?: Partial<MstdpetParams>): Validated<MstdpetParams> => schema.validate(given);

/**
 * The memory of {@link mstdpet}: that of {@link PairTracesState}, and how much each synapse is due, `[batch, …w]`, in ms⁻¹.
 *
 * @property postEligibility  from post spikes.
 * @property preEligibility   from pre spikes.
 */
export interface MstdpetState extends PairTracesState {
  readonly postEligibility: tf.Tensor;
  readonly preEligibility: tf.Tensor;
}

/**
 * Reward-modulated STDP with eligibility traces: a reward reaches pairs of spikes that are long past.
 *
 *     ePost = exp(−dt/tauEligibility)·ePost + Σ_p zPost ⊗ xPre(d) / tauEligibility        ePre likewise, of zPre(d) ⊗ xPost
 *     Δw = f_b  scale·M_b · ( etaPost·ePost + etaPre·ePre )
 *
 * The reward comes with each input, one number or one per sample. Without it only the traces advance. The state of a
 * convolution needs `init({ pre, post, w })`, the shape of the weights included.
 *
 * @param params    see {@link MstdpetParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range, or a delay comes without `maxDelay`.
 *
 * Source: Florian 2007 (MSTDPET; a spike is an impulse, so dt doesn't scale what it adds); Inferno `MSTDPET`.
 *
 * @example
 * const rule = mstdpet({ etaPost: 0.1, etaPre: -0.1, tauEligibility: 25, dt: 25 });
 * const before = rule.step({ pre: [1], post: [1] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * before[1].postEligibility.print();   // => [[1 / 25]]
 * const [w] = rule.step({ pre: [0], post: [1], reward: 25 }, ...before);   // the halves of the first step cancel
 * w.print();   // => [[0.5 + 0.1 * Math.exp(-25 / 20)]]
 */
export function mstdpet(
  params?: Partial<MstdpetParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<MstdpetState> {
  nothingMore(more, 'mstdpet', 'mstdpet(params, topology)');
  const name = 'mstdpet';
  const complete = orThrow(validateMstdpetParams(params));
  const { dt, tauEligibility, etaPost, etaPre, scale } = complete;
  const step = pairActivities(complete, { post: 1, pre: 1 });
  const update = { ...complete, ...ratesInside };
  const arrival = pairAxons(name, complete);
  const rule = makeRule<MstdpetState>({
    name,
    params: complete,
    perInput: ['tauPre'],
    reads: ['reward', 'delay'],
    topology,
    init: (shapes) => {
      const traces = { tPre: tf.zeros([...shapes.pre]), tPost: tf.zeros([...shapes.post]) };
      const due = [...synapseShape(topology, shapes, name)];
      return { ...traces, ...arrival.init(shapes, topology), postEligibility: tf.zeros(due), preEligibility: tf.zeros(due) };
    },
    delta: (input, w, state) => {
      const wiring = { topology, weightShape: w.shape };
      const { parts, next } = step(tensorActivities, input, state);
      const { halves, records } = arrival.through(parts, input, state, wiring);
      const [post, pre] = halves.map(({ term }) => term) as [Term, Term];
      const decay = traceDecay({ tau: tauEligibility, dt, amplitude: 1, integration: 'exact' });
      const advance = (eligibility: tf.Tensor, term: Term) =>
        tf.add(
          tf.mul(eligibility, perOutput(alongWeights(decay, topology), eligibility)),
          tf.div(perSample(term, topology, w.shape), perOutput(alongWeights(tauEligibility, topology), eligibility)),
        );
      const postEligibility = advance(state.postEligibility, post);
      const preEligibility = advance(state.preEligibility, pre);
      const due = [
        { rate: etaPost, term: { perSample: postEligibility } },
        { rate: etaPre, term: { perSample: preEligibility } },
      ];
      return [rewarded(due, wiring, input.reward, scale), { ...next, ...records, postEligibility, preEligibility }];
    },
    update,
    fast: fastEligibility(complete, topology),
  });
  return withSeparateSynapses(rule);
}

/** The same in kernels, where each constant is one number. */
function fastEligibility(params: MstdpetParams, topology: Topology): FastPath<MstdpetState> | undefined {
  const { dt, tauEligibility, etaPost, etaPre } = params;
  if (typeof tauEligibility !== 'number' || typeof etaPost !== 'number' || typeof etaPre !== 'number') return undefined;
  const [decay, share] = [Math.exp(-dt / tauEligibility), 1 / tauEligibility];
  const traces = [
    { name: 'postEligibility', decay, parts: [0], rate: etaPost, sorted: 'byRate' },
    { name: 'preEligibility', decay, parts: [1], rate: etaPre, sorted: 'byRate' },
  ] as const;
  const step = pairActivities(params, { post: share, pre: share });
  const recording = { step, sides: pairSides, synapses: { reads: 'present', traces } } as const;
  return programPath(recording, topology, { ...params, ...ratesInside }, params.scale);
}
