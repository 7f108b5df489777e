import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { show, showShape } from '../../core/show.js';
import { sameShape, toFloat } from '../../core/tensors.js';
import { isRecord } from '../../core/trees.js';
import type { LifParams } from '../../neurons/lif.js';
import type { Rule } from '../../rules/rule.js';
import type { LayerState } from './layerState.js';

/**
 * That a rule can learn in a layer of such neurons: it is dense, learns weights from spikes alone, and counts time as they do.
 *
 * @throws {StdpError} that names what is not so.
 */
export function checkRule(rule: Rule<unknown>, { dt }: LifParams, where: string): void {
  const isRule = typeof Object(rule).step === 'function' && typeof Object(rule).init === 'function';
  ensure(isRule, where, 'rule', () => `must be a rule, such as pairStdp(), got ${show(rule)}`);
  const { topology, name, reads, learns, params } = rule;
  ensure(topology.type === 'dense', where, 'rule', () => `works on ${topology.type}, a layer needs dense`);
  ensure(learns === 'weight', where, 'rule', () => `${name} learns delays, a layer has weights`);
  const rewarded = reads.includes('reward');
  ensure(
    !rewarded,
    where,
    'rule',
    () => `${name} learns from a reward, which a layer has none of: step neurons and rule by turns`,
  );
  const { dt: own = dt, maxDelay = 0 }: { readonly dt?: unknown; readonly maxDelay?: unknown } = params;
  ensure(own === dt, where, 'rule', () => `${name} has dt = ${show(own)} ms, the neurons have ${dt} ms`);
  ensure(maxDelay === 0, where, 'rule', () => `${name} has delays, which a layer has none of`);
}

/**
 * A layer in float32 whose parts fit each other and the input spikes of a step. (The rule checks its own part.)
 *
 * @throws {StdpError} that names the part.
 */
export function checkLayer<State>(layer: LayerState<State>, preShape: readonly number[], where: string): LayerState<State> {
  ensure(isRecord(layer) && isRecord(layer.neuron), where, 'layer', () => `must be what init returned, got ${show(layer)}`);
  ensureFields(layer, ['w', 'rule', 'neuron', 'spikes'], where, 'layer');
  ensureFields(layer.neuron, ['v', 'i'], where, 'layer.neuron');
  const part = (tensor: tf.Tensor, name: string): tf.Tensor => toFloat(tensor, where, `layer.${name}`);
  const w = part(layer.w, 'w');
  const [rows = 0, columns = 0] = w.shape;
  ensure(w.rank === 2, where, 'layer.w', () => `has shape ${showShape(w.shape)}, needs [nPre, nPost]`);
  const spikes = part(layer.spikes, 'spikes');
  const batch = spikes.shape.slice(0, -1);
  const fits = spikes.rank > 0 && spikes.rank < 3 && spikes.shape.at(-1) === columns;
  ensure(
    fits,
    where,
    'layer.spikes',
    () => `has shape ${showShape(spikes.shape)}, w ${showShape(w.shape)} needs [batch, ${columns}]`,
  );
  const likeSpikes = (tensor: tf.Tensor, name: string): tf.Tensor => {
    const checked = part(tensor, name);
    const problem = () => `has shape ${showShape(checked.shape)}, spikes has ${showShape(spikes.shape)}`;
    ensure(sameShape(checked.shape, spikes.shape), where, `layer.${name}`, problem);
    return checked;
  };
  const neuron = { v: likeSpikes(layer.neuron.v, 'neuron.v'), i: likeSpikes(layer.neuron.i, 'neuron.i') };
  const wanted = [...batch, rows];
  const problem = () => `has shape ${showShape(preShape)} at a step, the layer needs ${showShape(wanted)}`;
  ensure(sameShape(preShape, wanted), where, 'zPre', problem);
  return { w, rule: layer.rule, neuron, spikes };
}
