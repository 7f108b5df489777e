import type * as tf from '@tensorflow/tfjs-core';
import type { LayerConstants } from '../constants.js';
import type { RuleKernels } from '../module/ruleKernels.js';
import type { LayerTensors } from './backendKernels.js';
import { noteBounded } from './bounded.js';
import { setChange } from './setChange.js';
import { canHold, type TensorMemory } from './tensorMemory.js';

/**
 * A layer in closed loop through a series of input spikes as one piece of work, bit for bit what series of one step give.
 *
 * @param train  input spikes with a leading axis of time, at least one step.
 * @returns the layer after the last step, and the spikes of all steps; `undefined` where it is too large for that memory.
 */
export function layerSeries(
  memory: TensorMemory,
  layer: LayerTensors,
  train: tf.Tensor,
  constants: LayerConstants,
): readonly [layer: LayerTensors, spikes: tf.Tensor] | undefined {
  if (!canHold(memory, [layer.w, train])) return undefined;
  const { w, tPre, tPost, v, i, spikes } = layer;
  const [rows = 1, columns = 1] = w.shape;
  const steps = train.size / rows;
  const bytes = 4 * memory.kernels.scanLayerWords(rows, columns) + 16;
  const [nextW, nextPre, nextPost, nextV, nextI, last, all] = memory.create(
    [w, tPre, tPost, v, i, spikes, train],
    [w.shape, tPre.shape, tPost.shape, v.shape, i.shape, spikes.shape, [steps, ...spikes.shape]],
    bytes,
    (kernels, [ofW, ofPre, ofPost, ofV, ofI, before, pre], [toW, toPre, toPost, toV, toI, lastOut, out], scratch) => {
      for (const [size, from, to] of [
        [w.size, ofW, toW] as const,
        [rows, ofPre, toPre] as const,
        [columns, ofPost, toPost] as const,
        [columns, ofV, toV] as const,
        [columns, ofI, toI] as const,
      ])
        kernels.copy(size, from, to);
      const at = { w: toW, tPre: toPre, tPost: toPost, v: toV, i: toI, scratch };
      // The first step alone: from then on all weights lie within the clamp.
      scan(kernels, constants, at, { steps: 1, rows, columns, before, pre, out });
      kernels.clampAll(w.size, toW, toW, constants.pair.change.low, constants.pair.change.high);
      scan(kernels, constants, at, { steps: steps - 1, rows, columns, before: out, pre: pre + 4 * rows, out: out + 4 * columns });
      kernels.copy(columns, out + 4 * (steps - 1) * columns, lastOut);
    },
  );
  noteBounded(nextW, constants.pair.change);
  return [{ w: nextW, tPre: nextPre, tPost: nextPost, v: nextV, i: nextI, spikes: last }, all];
}

/** Where a layer is, and how much of which train to take it through. */
type LayerAddresses = { readonly [name in Exclude<keyof LayerTensors, 'spikes'> | 'scratch']: number };
type Stretch = { readonly [name in 'steps' | 'rows' | 'columns' | 'before' | 'pre' | 'out']: number };

function scan(kernels: RuleKernels, { pair, neuron, inhibition }: LayerConstants, at: LayerAddresses, stretch: Stretch): void {
  const { steps, rows, columns, before, pre, out } = stretch;
  setChange(kernels, pair.change);
  kernels.setNeurons(neuron.decay, neuron.gain, neuron.synapse, neuron.leak, neuron.threshold, neuron.reset);
  kernels.scanLayer(
    ...([steps, rows, columns, at.w, at.tPre, at.tPost, at.v, at.i, before, inhibition, pre, out] as const),
    ...([pair.pre.decay, pair.pre.height, pair.post.decay, pair.post.height, pair.pre.nearest] as const),
    ...([pair.presentPre, pair.presentPost, at.scratch] as const),
  );
}
