import * as tf from '@tensorflow/tfjs-core';
import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { oneOf, rate, weightBound } from '../../core/params/validation.js';
import { orderedBounds } from '../boundParams.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';

const fields = {
  /** Rate of potentiation; one number, or one per feature map. Default 0.004. */
  etaPlus: param(0.004, rate),
  /** Rate of depression (positive depresses); one number, or one per map. Default 0.003. */
  etaMinus: param(0.003, rate),
  /** Lower bound of the weights. Default 0. */
  wMin: param(0, weightBound),
  /** Upper bound of the weights. Default 1. */
  wMax: param(1, weightBound),
  /** `'soft'` scales both sides by (w − wMin)(wMax − w); `'additive'` by 1. Default `'soft'`. */
  weightDependence: param('soft', oneOf('soft', 'additive')),
};

/** Parameters of the order-based (latency) rule, all dimensionless. */
export interface LatencyStdpParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link LatencyStdpParams}. */
export const latencyStdpSchema = paramsSchema<LatencyStdpParams>('latencyStdp', fields, orderedBounds);

/** Kheradpisheh et al. 2018: a⁺ = 0.004, a⁻ = 0.003, soft bounds on [0, 1]. */
export const latencyStdpDefaults: LatencyStdpParams = latencyStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateLatencyStdpParams({ wMin: 2 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'latencyStdp: wMin must be below wMax, got 2 and 1'
 */
export const validateLatencyStdpParams = (given?: Partial<LatencyStdpParams>): Validated<LatencyStdpParams> =>
  latencyStdpSchema.validate(given);

/** Who has fired in the present stimulus: 1 from the first spike on. */
export interface LatencyStdpState {
  /** Inputs. */
  readonly firedPre: tf.Tensor;
  /** Outputs. */
  readonly firedPost: tf.Tensor;
}

/**
 * Order-based STDP, step by step: an output's first spike potentiates every input that has fired by then (in the same
 * step included) and depresses every other, those outside the image as well.
 *
 *     first = zPost · (1 − firedPost)
 *     w' = clip( w + etaPlus·g(w) ∘ Σ firedPre ⊗ first − etaMinus·g(w) ∘ Σ (1 − firedPre) ⊗ first,  wMin, wMax )
 *     g(w) = (w − wMin)(wMax − w) with `'soft'`, 1 with `'additive'`
 *
 * Start each stimulus from `init`. To learn from a whole stimulus at once, winners only, see {@link latencyStdpWinners}.
 *
 * @param params    see {@link LatencyStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Kheradpisheh et al. 2018, equation 4; SpykeTorch `STDP`; spikeseg `compute_stdp_update`.
 *
 * @example
 * const rule = latencyStdp({ etaPlus: 0.1, etaMinus: 0.1 });
 * const state = rule.init({ pre: [2], post: [1] });
 * rule.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], state)[0].print();   // => [[0.525], [0.475]]
 */
export const latencyStdp: RuleMaker<LatencyStdpParams, LatencyStdpState> = ruleMaker(latencyStdpSchema, (params) => ({
  perInput: [],
  init: ({ pre, post }) => ({ firedPre: tf.zeros([...pre]), firedPost: tf.zeros([...post]) }),
  delta: ({ pre, post }, _w, state) => {
    const firedPre = tf.maximum(state.firedPre, tf.step(pre));
    const spiked = tf.step(post);
    const first = tf.mul(spiked, tf.sub(1, state.firedPost));
    const delta = {
      potentiation: [{ pre: firedPre, post: first }],
      depression: [
        { pre: 1 as const, post: first },
        { pre: firedPre, post: tf.neg(first) },
      ],
    };
    return [delta, { firedPre, firedPost: tf.maximum(state.firedPost, spiked) }];
  },
  update: { ...params, mu: 0, hardBound: true, batchReduction: 'sum' },
}));
