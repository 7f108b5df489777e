import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { ensure, orThrow, type Validated } from '../../core/errors.js';
import { perNeuronCheck } from '../../core/params/perNeuron.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import {
  finiteNumber,
  fraction,
  nonNegativeRate,
  nothingMore,
  oneOf,
  positiveScalar,
  timeConstant,
} from '../../core/params/validation.js';
import { showShape } from '../../core/show.js';
import { asTensor, sameShape, tidily, toFloat } from '../../core/tensors.js';
import { dense } from '../../topologies/dense.js';
import { alongWeights } from '../../topologies/perOutput.js';
import { positionsOf } from '../../topologies/synapseSums.js';
import type { Topology } from '../../topologies/topology.js';
import { anIntegration, aTraceMode, eulerTraces } from '../../traces/traceParams.js';
import { traceStep } from '../../traces/unchecked/exponentialTrace.js';
import { changedBy } from '../../updates/applyDelta.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import type { UpdateParams } from '../../updates/updateParams.js';
import { ruleBehind } from '../makeRule.js';
import type { Rule } from '../rule.js';

const fields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace, ms. Default 20. */
  tauPre: param(20, timeConstant),
  /** As in {@link PairStdpParams}. Default `'cumulative'`. */
  traceMode: param('cumulative', aTraceMode),
  /** As in {@link PairStdpParams}. Default `'euler'`. */
  integration: param('euler', anIntegration),
  /** Learning rate of potentiation, dimensionless, ≥ 0. Default 0.0001. */
  etaPlus: param(1e-4, nonNegativeRate),
  /** Learning rate of depression, dimensionless, ≥ 0. Default 0.0001. */
  etaMinus: param(1e-4, nonNegativeRate),
  /** The weight around which both sides balance. Default 0.5. */
  wInit: param(0.5, finiteNumber),
  /** How strongly the change depends on the trace, in [0, 1]. Default 0. */
  a: param(0, fraction),
  /** `'spike'`: a neuron learns when it fires, as published; `'always'`: in every step (PySNN). Default `'spike'`. */
  gate: param('spike', oneOf('spike', 'always')),
  /** A trace is divided by the largest of its `'sample'`, or of the whole `'batch'` (PySNN). Default `'sample'`. */
  normalization: param('sample', oneOf('sample', 'batch')),
  /** `'mean'` or `'sum'` over the output positions of a convolution. Default `'mean'`. */
  positions: param('mean', oneOf('sum', 'mean')),
  /** As in {@link PairStdpParams}. Default `'mean'`. */
  batchReduction: param('mean', aBatchReduction),
};

/** Parameters of {@link fedeStdp}. */
export interface FedeStdpParams extends ParamsOf<typeof fields> {}

/** What completes and checks {@link FedeStdpParams}. */
export const fedeStdpSchema = paramsSchema<FedeStdpParams>('fedeStdp', fields, eulerTraces('tauPre'));

/** The defaults of {@link FedeStdpParams}. */
export const fedeStdpDefaults: FedeStdpParams = fedeStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateFedeStdpParams({ a: 2 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'fedeStdp: a must be a number in [0, 1], got 2'
 */
export const validateFedeStdpParams = (given?: Partial<FedeStdpParams>): Validated<FedeStdpParams> =>
  fedeStdpSchema.validate(given);

/** The memory of {@link fedeStdp}: the presynaptic trace. */
export interface FedeState {
  readonly tPre: tf.Tensor;
}

/**
 * STDP that balances itself: no bounds are needed. With the presynaptic trace x̂ in [0, 1] and δ = w − wInit, for every
 * neuron that fires:
 *
 *     w' = w + mean_{b,p} zPost·( etaPlus·e^{−δ}·(e^{x̂} − a) − etaMinus·e^{δ}·(e^{1 − x̂} − a) )      x̂ = xPre / max xPre
 *
 * A sample whose traces are all zero teaches nothing (the peer divides 0 by 0 and loses its weights to NaN). With
 * `gate: 'always'` zPost is 1 throughout.
 *
 * @param params    see {@link FedeStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Paredes-Vallés, Scheper and de Croon 2019; PySNN `FedeSTDP` (`gate: 'always', normalization: 'batch'`).
 *
 * @example
 * const rule = fedeStdp({ etaPlus: 0.1, etaMinus: 0.1 });
 * const [w] = rule.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], rule.init({ pre: [2], post: [1] }));
 * w.print();   // => [[0.5 + 0.1 * (Math.E - 1)], [0.5 - 0.1 * (Math.E - 1)]]
 */
export function fedeStdp(
  params?: Partial<FedeStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<FedeState> {
  nothingMore(more, 'fedeStdp', 'fedeStdp(params, topology)');
  return fedeRule(params, topology, 'fedeStdp');
}

/** {@link fedeStdp}, with the name that messages give it. */
export function fedeRule(params: Partial<FedeStdpParams> | undefined, topology: Topology, where: string): Rule<FedeState> {
  const complete = orThrow(fedeStdpSchema.validate(params, where));
  const { dt, tauPre, traceMode, integration, a, gate, normalization, positions } = complete;
  return ruleBehind<FedeState>(
    {
      name: 'fedeStdp',
      params: complete,
      perInput: ['tauPre'],
      topology,
      init: ({ pre }) => ({ tPre: tf.zeros([...pre]) }),
      delta: ({ pre, post }, w, state) => {
        const tPre = traceStep(state.tPre, pre, { tau: tauPre, amplitude: 1, dt, traceMode, integration });
        const [trace, some] = normalized(tPre, normalization);
        const learning = tf.mul(gate === 'always' ? tf.onesLike(post) : post, some);
        const fires = positions === 'mean' ? tf.div(learning, positionsOf(post.shape, topology, w.shape)) : learning;
        // What a trace of 0 gives counts for every tap, those in the padding included; the rest is factored.
        const up = [
          { pre: tf.sub(tf.exp(trace), 1), post: fires },
          { pre: 1 as const, post: tf.mul(fires, tf.sub(1, asTensor(a))) },
        ];
        const down = [
          { pre: tf.sub(tf.exp(tf.sub(1, trace)), Math.E), post: fires },
          { pre: 1 as const, post: tf.mul(fires, tf.sub(Math.E, asTensor(a))) },
        ];
        return [{ potentiation: up, depression: down }, { tPre }];
      },
      update: fedeUpdateParams(complete, topology),
    },
    { where, pre: 'pre', post: 'post' },
  );
}

/**
 * The rule on traces that differ from synapse to synapse (those of delayed spikes), in every step, as PySNN computes it.
 *
 * @param w       weights.
 * @param trace   `[batch, positions, …weight shape]`; the largest of all is 1 after normalisation.
 * @param params  etaPlus, etaMinus, wInit and a of {@link FedeStdpParams}.
 * @returns new weights; the old ones when all traces are zero.
 * @throws {StdpError} when the trace doesn't fit the weights, or a parameter is unknown or out of range.
 * @example
 * fedeUpdate([[0.5]], [[[[3]]]], { etaPlus: 0.1, etaMinus: 0.1 }).print();   // => [[0.5 + 0.1 * (Math.E - 1)]]
 */
export function fedeUpdate(
  w: tf.TensorLike | tf.Tensor,
  trace: tf.TensorLike | tf.Tensor,
  params?: Partial<FedeStdpParams>,
  ...more: readonly never[]
): tf.Tensor {
  const where = 'fedeUpdate';
  nothingMore(more, where, 'fedeUpdate(w, trace, params)');
  const complete = orThrow(fedeStdpSchema.validate(params, where));
  const update = fedeUpdateParams(complete, dense);
  const { etaPlus, etaMinus, a, wInit } = complete;
  return tidily(() => {
    const [weights, traces] = [toFloat(w, where, 'w'), toFloat(trace, where, 'trace')];
    const fits = weights.rank > 0 && sameShape(traces.shape.slice(2), weights.shape);
    const problem = () => `has shape ${showShape(traces.shape)}, needs [batch, positions, ${weights.shape.join(', ')}]`;
    ensure(fits, where, 'trace', problem);
    const outputs = at(weights.shape, -1);
    perNeuronCheck(where, { etaPlus, etaMinus, a, wInit }, [])({ inputs: outputs, outputs, weightShape: weights.shape });
    if (traces.size === 0) return tf.clone(weights);
    const [part, some] = normalized(traces, 'batch');
    const side = (size: tf.Tensor) => [{ perSample: tf.mean(tf.mul(tf.sub(size, asTensor(complete.a)), some), 1) }];
    const delta = { potentiation: side(tf.exp(part)), depression: side(tf.exp(tf.sub(1, part))) };
    return changedBy(weights, delta, dense, { ...update, batchReduction: 'mean' }, where);
  });
}

/** Weights above wInit rise less and fall more; nothing else bounds them. */
const fedeUpdateParams = (complete: FedeStdpParams, topology: Topology): UpdateParams => ({
  ...complete,
  weightDependence: (w, side) => {
    const away = tf.sub(w, asTensor(alongWeights(complete.wInit, topology)));
    return tf.exp(side === 'potentiation' ? tf.neg(away) : away);
  },
  mu: 0,
  wMin: Number.NEGATIVE_INFINITY,
  wMax: Number.POSITIVE_INFINITY,
  hardBound: false,
});

/** A trace over its maximum, and 1 where there is one (0: all is silent, and the trace stays 0). */
function normalized(trace: tf.Tensor, over: 'sample' | 'batch'): readonly [tf.Tensor, tf.Tensor] {
  const axes = trace.shape.map((_, axis) => axis).slice(over === 'sample' ? 1 : 0);
  const most = tf.max(trace, axes, true);
  const some = tf.step(most);
  const part = tf.div(trace, tf.add(most, tf.sub(1, some)));
  return [part, tf.reshape(some, [-1, ...trace.shape.slice(1).map(() => 1)])];
}
