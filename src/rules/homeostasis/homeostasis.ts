import * as tf from '@tensorflow/tfjs-core';
import { addCompensated } from '../../core/compensatedSum.js';
import type { Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { oneOf, positive, rate } from '../../core/params/validation.js';
import { asTensor } from '../../core/tensors.js';
import { alongWeights } from '../../topologies/perOutput.js';
import { overSynapses, postSide } from '../../topologies/synapseSums.js';
import { perOutput } from '../../traces/exponentialTrace.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import { splitSigns } from '../../updates/splitSigns.js';
import { ratesInside } from '../../updates/updateParams.js';
import { orderedBounds, type WeightBoundParams, weightBoundFields } from '../boundParams.js';
import { type RuleMaker, ruleMaker } from '../ruleMaker.js';

const fields = {
  /** Size λ of a change, in units of the parameter. Default 0.001. */
  plasticity: param(1e-3, rate),
  /** Spikes per step that each output is to have, > 0; one number, or one per output. Default 0.1. */
  target: param(0.1, positive),
  /** What learns: a `'weight'` (or a bias), which raises the rate, or a `'delay'`, which lowers it. Default `'weight'`. */
  parameter: param('weight', oneOf('weight', 'delay')),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'mean'`. */
  batchReduction: param('mean', aBatchReduction),
};

/** Parameters of {@link homeostasis}, those of {@link WeightBoundParams} included. */
export interface HomeostasisParams extends ParamsOf<typeof fields>, WeightBoundParams {}

const schema = paramsSchema<HomeostasisParams>('homeostasis', { ...fields, ...weightBoundFields }, orderedBounds);

/** The defaults of {@link HomeostasisParams}. */
export const homeostasisDefaults: HomeostasisParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateHomeostasisParams({ target: 0 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'homeostasis: target must be a number > 0, got 0'
 */
export const validateHomeostasisParams = (given?: Partial<HomeostasisParams>): Validated<HomeostasisParams> =>
  schema.validate(given);

/**
 * What homeostasis has seen, all in the shape of the output spikes. What float32 leaves out of both counts is kept beside them, so
 * that they go on beyond 2²⁴ steps.
 */
export interface HomeostasisState {
  /** Mean spikes per step so far. */
  readonly ratePost: tf.Tensor;
  /** What its rounding left out. */
  readonly rateRestPost: tf.Tensor;
  /** Number of steps so far. */
  readonly stepsPost: tf.Tensor;
  /** What its rounding left out. */
  readonly stepsRestPost: tf.Tensor;
}

/**
 * Linear homeostasis: outputs that fire less than their target get more input, those that fire more get less.
 *
 *     r = running mean of the output's spikes per step        k = λ·mean_p(target − r)/target   (−k of a delay)
 *     w' = bound( w + f_b max(k, 0) − f_b max(−k, 0) )        the same for all inputs of an output
 *
 * It works in silence: that is its purpose. A bias is the weight of one constant input: `w [1, nPost]` with `pre [1]`, or,
 * of a convolution, `w [1, 1, 1, out]` with `pre [height, width, 1]` of the output's size.
 *
 * @param params    see {@link HomeostasisParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Inferno `LinearHomeostasis`, as documented (its code subtracts a part that is already negative, so there the
 * parameter of an overactive output rises as well).
 *
 * @example
 * const rule = homeostasis({ plasticity: 0.1, target: 0.5 });
 * const state = rule.init({ pre: [1], post: [2] });
 * rule.step({ pre: [0], post: [0, 1] }, [[0.5, 0.5]], state)[0].print();   // => [[0.6, 0.4]]
 */
export const homeostasis: RuleMaker<HomeostasisParams, HomeostasisState> = ruleMaker(schema, (params, topology) => {
  const { plasticity, target, parameter } = params;
  return {
    perInput: [],
    learns: parameter,
    init: ({ post }) => {
      const nothing = () => tf.zeros([...post]);
      return { ratePost: nothing(), rateRestPost: nothing(), stepsPost: nothing(), stepsRestPost: nothing() };
    },
    delta: ({ post }, w, state) => {
      const next = counted(post, state);
      const lack = tf.div(tf.sub(asTensor(target), next.ratePost), asTensor(target));
      const needed = tf.mul(overSynapses(tf.mean(postSide(lack, topology, w.shape), 1), w.shape), tf.ones(w.shape));
      const change = tf.mul(needed, perOutput(alongWeights(plasticity, topology), needed));
      const { raises, lowers } = splitSigns(parameter === 'delay' ? tf.neg(change) : change);
      return [{ potentiation: [{ perSample: raises }], depression: [{ perSample: lowers }] }, next];
    },
    update: { ...params, ...ratesInside },
  };
});

/** The running mean with one step more. */
function counted(post: tf.Tensor, { ratePost, rateRestPost, stepsPost, stepsRestPost }: HomeostasisState): HomeostasisState {
  const steps = addCompensated(stepsPost, stepsRestPost, tf.scalar(1));
  const ahead = tf.sub(tf.sub(post, ratePost), rateRestPost);
  const rate = addCompensated(ratePost, rateRestPost, tf.div(ahead, tf.add(steps.sum, steps.rest)));
  return { ratePost: rate.sum, rateRestPost: rate.rest, stepsPost: steps.sum, stepsRestPost: steps.rest };
}
