import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { ensure, inName, orThrow } from '../../core/errors.js';
import {
  aRecord,
  ensureIs,
  integerFrom,
  nonNegativeScalar,
  nothingMore,
  optional,
  validateParams,
} from '../../core/params/validation.js';
import { checkShape } from '../../core/shapes.js';
import { showShape } from '../../core/show.js';
import { tidily, toFloat } from '../../core/tensors.js';
import { type Step, withWholeSeries } from '../../core/wholeSeries.js';
import { initLifState, type LifParams, lifFeedForwardStep, lifSchema } from '../../neurons/lif.js';
import type { Rule } from '../../rules/rule.js';
import { checkLayer, checkRule } from './checkLayer.js';
import { layerConstants, throughLayer } from './fusedLayer.js';
import type { LayerState } from './layerState.js';

export type { LayerState } from './layerState.js';

/** How a layer works. */
export interface PlasticLayerParams {
  /** See {@link LifParams}. Default Norse's. */
  readonly neuron: Partial<LifParams>;
  /** What each spike of another neuron takes from a neuron's current, one step later; ≥ 0, dimensionless. Default 0. */
  readonly inhibition: number;
}

/** A layer that learns while it runs: where it begins, and its step for `scan`. */
export interface PlasticLayer<State> {
  /** The layer before its first input. Without `batch` spikes have no batch axis. */
  init(w: tf.TensorLike | tf.Tensor, batch?: number): LayerState<State>;
  /** Takes a layer and its input spikes `[batch, nPre]` or `[nPre]` to the next layer and its spikes. */
  readonly step: Step<LayerState<State>, tf.TensorLike | tf.Tensor, tf.Tensor>;
}

/**
 * A dense layer in closed loop: input spikes give currents, neurons fire and inhibit each other, the rule learns from what
 * they did.
 *
 *     current = pre·w − inhibition·(Σ spikes − spikes)        (spikes of the step before)
 *     spikes', neuron' = lifFeedForwardStep(current, neuron)
 *     w', rule' = rule.step({ pre, post: spikes' }, w, rule)
 *
 * With pair STDP, one sample and kernels that serve the backend, a scan is one piece of work that visits a weight only when
 * its input spikes, bit for bit what stepping gives. The composition of operations sums currents in another order; where a
 * potential meets the threshold to the last bit, a neuron may fire there and not here.
 *
 * @param rule  any learning rule on a dense topology that learns weights from spikes alone, in steps of the neurons' dt.
 * @throws {StdpError} when a parameter is out of range or the rule is of another kind.
 * @example
 * const layer = plasticLayer(pairStdp({ etaPlus: 0.1, integration: 'exact' }), { inhibition: 0.5 });
 * const pre = poissonEncode(tf.fill([20], 60), { steps: 100, seed: 1 });
 * const [{ w }, spikes] = scan(layer.step, layer.init(tf.fill([20, 4], 0.5)), pre);
 * [w.shape, spikes.shape];   // => [[20, 4], [100, 4]]
 */
export function plasticLayer<State>(
  rule: Rule<State>,
  params: Partial<PlasticLayerParams> = {},
  ...more: readonly never[]
): PlasticLayer<State> {
  const where = 'plasticLayer';
  nothingMore(more, where, 'plasticLayer(rule, params)');
  const given = orThrow(
    validateParams<PlasticLayerParams>(where, { neuron: {}, inhibition: 0 }, params, {
      neuron: aRecord,
      inhibition: nonNegativeScalar,
    }),
  );
  const neuron = orThrow(lifSchema.validate(given.neuron, where));
  checkRule(rule, neuron, where);
  const { inhibition } = given;
  const constants = layerConstants(rule, neuron, inhibition);

  const composedStep = ({ w, rule: learning, neuron: membranes, spikes }: LayerState<State>, pre: tf.Tensor) => {
    const rows = tf.reshape(pre, [spikes.size / at(w.shape, 1), at(w.shape, 0)]);
    const excitation = tf.reshape(rule.topology.forward(rows, w), spikes.shape);
    const others = tf.sub(tf.sum(spikes, -1, true), spikes);
    const current = inhibition === 0 ? excitation : tf.sub(excitation, tf.mul(inhibition, others));
    const [post, next] = inName(where, () => lifFeedForwardStep(current, membranes, neuron));
    const [nextW, nextRule] = rule.step({ pre, post }, w, learning);
    return [{ w: nextW, rule: nextRule, neuron: next, spikes: post }, tf.clone(post)] as const;
  };
  const step = (
    layer: LayerState<State>,
    input: tf.TensorLike | tf.Tensor,
    ...surplus: readonly never[]
  ): readonly [LayerState<State>, tf.Tensor] => {
    nothingMore(surplus, where, 'layer.step(layer, zPre)');
    return tidily(() => {
      const pre = toFloat(input, where, 'zPre');
      const checked = checkLayer(layer, pre.shape, where);
      const whole = constants && throughLayer(constants, checked, tf.expandDims(pre, 0));
      return whole === undefined ? composedStep(checked, pre) : [whole[0], tf.squeeze(whole[1], [0])];
    });
  };
  return {
    init: (w, batch, ...surplus: readonly never[]) => {
      nothingMore(surplus, where, 'layer.init(w, batch)');
      return tidily(() => {
        const weights = tf.clone(toFloat(w, where, 'w'));
        const [rows = 0, columns = 0] = weights.shape;
        const shaped = weights.rank === 2 && weights.size > 0;
        ensure(
          shaped,
          where,
          'w',
          () => `has shape ${showShape(weights.shape)}, needs [nPre, nPost] of at least one neuron each`,
        );
        ensureIs(optional(integerFrom(1)), batch, where, 'batch');
        const leading = batch === undefined ? [] : [batch];
        const [pre, post] = [checkShape([...leading, rows], where, 'batch'), checkShape([...leading, columns], where, 'batch')];
        const { v, i, z } = inName(where, () => initLifState(post, neuron));
        return { w: weights, rule: rule.init({ pre, post, w: weights.shape }), neuron: { v, i }, spikes: z };
      });
    },
    step: withWholeSeries(step, (layer: LayerState<State>, input: tf.TensorLike | tf.Tensor) => {
      const train = toFloat(input, where, 'zPre');
      const checked = checkLayer(layer, train.shape.slice(1), where);
      return constants && throughLayer(constants, checked, train);
    }),
  };
}
