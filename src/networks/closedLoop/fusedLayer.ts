import * as tf from '@tensorflow/tfjs-core';
import { isFloat, sameShape } from '../../core/tensors.js';
import type { LayerConstants, NeuronConstants } from '../../kernels/constants.js';
import { backendKernels } from '../../kernels/tensors/current.js';
import { layerSeries } from '../../kernels/tensors/layerSeries.js';
import type { LifParams } from '../../neurons/lif.js';
import { pairConstantsOf } from '../../rules/fastPath.js';
import type { Rule } from '../../rules/rule.js';
import { isOwnWiring } from '../../topologies/ownWiring.js';
import type { LayerState } from './layerState.js';

/** A layer in numbers for the kernels; `undefined` where the rule or a parameter is of another kind. */
export function layerConstants(rule: Rule<unknown>, neuron: LifParams, inhibition: number): LayerConstants | undefined {
  const constants = isOwnWiring(rule.topology) ? neuronConstants(neuron) : undefined;
  const pair = pairConstantsOf(rule);
  return pair && constants && { pair, neuron: constants, inhibition: Math.fround(inhibition) };
}

/** Rounded as the tensors of the composition are. */
function neuronConstants({ tauMem, tauSyn, vLeak, vTh, vReset, dt }: LifParams): NeuronConstants | undefined {
  if (![tauMem, tauSyn, vLeak, vTh, vReset].every((value) => typeof value === 'number')) return undefined;
  const [membrane, synapse] = [dt / Number(tauMem), dt / Number(tauSyn)];
  return {
    decay: Math.fround(1 - membrane),
    gain: Math.fround(membrane),
    synapse: Math.fround(1 - synapse),
    leak: Math.fround(Number(vLeak)),
    threshold: Math.fround(Number(vTh)),
    reset: Math.fround(Number(vReset)),
  };
}

const fits = (trace: tf.Tensor | undefined, shape: readonly number[]): trace is tf.Tensor =>
  trace instanceof tf.Tensor && isFloat(trace) && sameShape(trace.shape, shape);

/** A layer of one sample through a train of at least one step; `undefined` where the composition has to serve. */
export function throughLayer<State>(
  constants: LayerConstants,
  layer: LayerState<State>,
  train: tf.Tensor,
): readonly [LayerState<State>, tf.Tensor] | undefined {
  const { w, neuron, spikes } = layer;
  const [rows = 0, columns = 0] = w.shape;
  const { tPre, tPost } = Object(layer.rule) as { readonly tPre?: tf.Tensor; readonly tPost?: tf.Tensor };
  if (spikes.size !== columns || train.size === 0 || rows * columns === 0) return undefined;
  // What doesn't fit is left to the rule, which says so.
  if (
    Object.keys(Object(layer.rule)).length !== 2 ||
    !fits(tPre, [...spikes.shape.slice(0, -1), rows]) ||
    !fits(tPost, spikes.shape)
  )
    return undefined;
  const memory = backendKernels()?.memory;
  const whole = memory && layerSeries(memory, { w, tPre, tPost, spikes, ...neuron }, train, constants);
  if (whole === undefined) return undefined;
  const [{ v, i, ...next }, all] = whole;
  const rule = { ...layer.rule, tPre: next.tPre, tPost: next.tPost };
  return [{ w: next.w, rule, neuron: { v, i }, spikes: next.spikes }, all];
}
