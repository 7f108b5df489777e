import * as tf from '@tensorflow/tfjs-core';
import { ensure, type Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import {
  finiteNumber,
  type Numeric,
  nonNegativeScalar,
  positiveScalar,
  rate,
  scalar,
  timeConstant,
} from '../../core/params/validation.js';
import { checkShape, mostSteps } from '../../core/shapes.js';
import { asTensor } from '../../core/tensors.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { type Activities, type Asked, type Signals, tensorActivities, type Values } from '../activities.js';
import { clampedBoundFields, orderedBounds } from '../boundParams.js';
import { programPath } from '../programPath.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';
import { signedDelta } from '../signedDelta.js';

const fields = {
  /** Step, ms. Default 1. Potentials change fast near a spike: 0.1 to 0.25 is usual. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 15. */
  tauPre: param(15, timeConstant),
  /** Time constant of the potential that depression reads, ms. Default 10. */
  tauMinus: param(10, timeConstant),
  /** Time constant of the potential that potentiation reads, ms. Default 7. */
  tauPlus: param(7, timeConstant),
  /**
   * How far back the filtered potentials lie, ms; a width of action potentials keeps a spike from potentiating by itself.
   * Default 0.
   */
  delay: param(0, nonNegativeScalar),
  /** Amplitude of potentiation, 1/mV². Default 8e-5. */
  etaPlus: param(8e-5, rate),
  /** Amplitude of depression, 1/mV. Default 14e-5. */
  etaMinus: param(14e-5, rate),
  /** Potential above which the neuron is taken to spike, mV. Default −45.3. */
  thetaPlus: param(-45.3, finiteNumber),
  /** Potential above which a filtered potential acts, mV. Default −70.6. */
  thetaMinus: param(-70.6, finiteNumber),
  /** Potential before the first step, mV; without a voltage, that of a silent neuron. Default −70.6. */
  uRest: param(-70.6, scalar),
  /** Without a voltage, the potential in a step with a spike, mV. Default 33. */
  uSpike: param(33, scalar),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

/** Parameters of voltage-based plasticity. Defaults are those of the paper for visual cortex. */
export interface ClopathStdpParams extends ParamsOf<typeof fields>, ParamsOf<typeof clampedBoundFields> {}

const schema = paramsSchema<ClopathStdpParams>('clopathStdp', { ...fields, ...clampedBoundFields }, orderedBounds);

/** The defaults of {@link ClopathStdpParams}. */
export const clopathStdpDefaults: ClopathStdpParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateClopathStdpParams({ delay: -1 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'clopathStdp: delay must be a number ≥ 0, got -1'
 */
export const validateClopathStdpParams = (given?: Partial<ClopathStdpParams>): Validated<ClopathStdpParams> =>
  schema.validate(given);

/** What voltage-based plasticity remembers. */
export interface ClopathStdpState {
  /** Presynaptic trace, 1/ms. */
  readonly tPre: tf.Tensor;
  /** Filtered potential that depression reads, mV. */
  readonly uMinusPost: tf.Tensor;
  /** Filtered potential that potentiation reads, mV. */
  readonly uPlusPost: tf.Tensor;
  /** Potentials of the last `delay`, oldest first, `[batch, steps, …post]`; absent without a delay. */
  readonly uHistory?: tf.Tensor;
}

/**
 * Voltage-based plasticity: presynaptic spikes depress where the potential has been high; potentials above threshold
 * potentiate where it had been high already and presynaptic spikes came before.
 *
 *     w' = bound( w + etaPlus·dt · Σ_b xPre ⊗ [u − thetaPlus]₊·[ū₊ − thetaMinus]₊  −  etaMinus · Σ_b zPre ⊗ [ū₋ − thetaMinus]₊ )
 *
 * u comes as `input.voltage`, the shape of `input.post`, mV. Left out, a neuron is at uSpike in a step with a spike and
 * at uRest in every other. ū₋ and ū₊ are u up to the step before, low-pass filtered by tauMinus and tauPlus (and taken `delay` ago, in whole steps);
 * xPre holds the spikes before this step, 1/tauPre each. There is no homeostasis: etaMinus does not follow the mean potential.
 *
 * A potential is taken to hold over a step. Where a neuron model filters its own, between steps too, hand those in with the
 * state: `{ ...state, uMinusPost, uPlusPost }`, without a `delay` here.
 *
 * @param params    see {@link ClopathStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Clopath, Büsing, Vasilaki and Gerstner 2010; the delay as in its code and in NEST `clopath_synapse`.
 *
 * @example
 * const rule = clopathStdp({ etaMinus: 0.01, tauMinus: 10, uRest: -70, thetaMinus: -70 });
 * const state = rule.init({ pre: [1], post: [1] });
 * const depolarised = rule.step({ pre: [0], post: [0], voltage: [-50] }, [[0.5]], state);
 * const [w] = rule.step({ pre: [1], post: [0], voltage: [-50] }, ...depolarised);
 * w.print();   // => [[0.5 - 0.01 * 20 * (1 - Math.exp(-1 / 10))]]
 */
export const clopathStdp: RuleMaker<ClopathStdpParams, ClopathStdpState> = ruleMaker(schema, (params, topology) => {
  const { dt, uRest } = params;
  const steps = Math.round(params.delay / dt);
  ensure(steps <= mostSteps, 'clopathStdp', 'delay', () => `of ${params.delay} ms is too long for steps of ${dt} ms`);
  const step = clopathActivities(params);
  const update = { ...params, weightDependence: 'additive', mu: 0 } as const;
  const potentials = { peak: params.uSpike, begins: { uMinusPost: uRest, uPlusPost: uRest } };
  return {
    perInput: ['tauPre'],
    reads: ['voltage'],
    init: ({ pre, post }) => {
      const batch = post.length === topology.rank ? 1 : 0;
      const history = checkShape([...post.slice(0, batch), steps, ...post.slice(batch)], 'clopathStdp', 'delay');
      return {
        tPre: tf.zeros([...pre]),
        uMinusPost: tf.fill([...post], uRest),
        uPlusPost: tf.fill([...post], uRest),
        ...(steps > 0 && { uHistory: tf.fill([...history], uRest) }),
      };
    },
    delta: (input, w, { uHistory, ...state }) => {
      const u = potential(tensorActivities, input, params);
      const [past, history] = shift(uHistory, u);
      const { parts, next } = step(tensorActivities, { ...input, voltage: u }, state, past);
      const halves = parts.map(({ rate, pre, post }) => ({ rate, term: { pre, post } }));
      const delta = signedDelta(halves, { topology, weightShape: w.shape });
      return [delta, history === undefined ? next : { ...next, uHistory: history }];
    },
    update,
    fast: steps > 0 ? undefined : programPath({ step, sides }, topology, update, undefined, potentials),
  };
});

const sides = { tPre: 'pre', uMinusPost: 'post', uPlusPost: 'post' } as const;

/** What came as voltage, or what spikes say of it. */
const potential = <V>(use: Activities<V>, { post, voltage }: Signals<V>, { uRest, uSpike }: ClopathStdpParams): V =>
  voltage ?? use.affine(post, uSpike - uRest, uRest);

/** The step of the trace and of both filtered potentials, which follow the potential `past`; by default the present one. */
const clopathActivities =
  (params: ClopathStdpParams) =>
  <V>(use: Activities<V>, signals: Signals<V>, state: Values<V, keyof typeof sides>, past?: V): Asked<V, keyof typeof sides> => {
    const { dt, tauPre, tauMinus, tauPlus, thetaPlus, thetaMinus } = params;
    const exact = (tau: Numeric) => ({ tau, amplitude: 1, dt, traceMode: 'cumulative', integration: 'exact' }) as const;
    const { pre } = signals;
    const u = potential(use, signals, params);
    const decayed = use.decayed(state.tPre, exact(tauPre));
    const burst = use.product(use.rectified(u, thetaPlus), use.rectified(state.uPlusPost, thetaMinus));
    const perMs = typeof tauPre === 'number' ? 1 / tauPre : tf.div(1, asTensor(tauPre));
    return {
      parts: [
        { rate: dt, pre: decayed, post: burst },
        { rate: -1, pre, post: use.rectified(state.uMinusPost, thetaMinus) },
      ],
      next: {
        tPre: use.spiked(decayed, pre, { ...exact(tauPre), amplitude: perMs }),
        uMinusPost: use.filtered(state.uMinusPost, past ?? u, exact(tauMinus)),
        uPlusPost: use.filtered(state.uPlusPost, past ?? u, exact(tauPlus)),
      },
    };
  };

/** The oldest potential, and the history with the present one in its place at the other end. */
function shift(history: tf.Tensor | undefined, u: tf.Tensor): readonly [oldest: tf.Tensor, next: tf.Tensor | undefined] {
  if (history === undefined) return [u, undefined];
  const oldest = tf.slice(history, [0, 0], [-1, 1]);
  const rest = tf.slice(history, [0, 1], [-1, -1]);
  return [tf.squeeze(oldest, [1]), tf.concat([rest, tf.expandDims(u, 1)], 1)];
}
