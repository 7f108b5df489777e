import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.js';
import { unreachable } from '../../../core/errors.js';
import { tidily } from '../../../core/tensors.js';
import { makeYield } from '../../makeYield.js';
import type { ConvLayerSpec, NetworkSpec, ReadoutSpec } from '../spec/networkSpec.js';
import { readingOf } from '../spec/readoutSpec.js';
import { type SpikeTimes, timesTensor } from '../spikeTimes.js';
import { poolOnGrid } from './poolOnGrid.js';
import { finalPotentials, firstSpikes, poolFirstSpikes } from './spikingLayer.js';

/** Potentials that meet the backend at a time, in numbers: about 64 MB. */
const batchNumbers = 16_000_000;

/** The input of layer `index`: first spikes through all layers before it, pooled. Owned by the caller. */
export const inputOfLayer = (
  times: tf.Tensor4D,
  weights: readonly tf.Tensor4D[],
  { layers }: NetworkSpec,
  index: number,
  steps: number,
): tf.Tensor4D =>
  tidily(() =>
    layers.slice(0, index).reduce((input, layer, below) => {
      const w = weights[below];
      return w === undefined ? input : poolFirstSpikes(firstSpikes(input, w, layer, steps), layer.poolSize);
    }, tf.clone(times)),
  );

/** The features of images of one branch on the present backend, one operation after the other: see extractFeatures. */
export async function composedFeatures(
  times: SpikeTimes,
  weights: readonly tf.Tensor4D[],
  spec: NetworkSpec,
  put: (rows: Float32Array, from: number) => void,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { layers, readout } = spec;
  const last = layers.length - 1;
  const layer = at(layers, last);
  const w = at(weights, last);
  const batch = batchSize(times, spec);
  const yieldToEventLoop = makeYield();
  for (let from = 0; from < times.count && !signal?.aborted; from += batch) {
    const to = Math.min(times.count, from + batch);
    const rows = tidily(() =>
      readLayer(inputOfLayer(timesTensor(times, from, to), weights, spec, last, times.steps), w, layer, readout, times.steps),
    );
    put(await rows.data<'float32'>(), from);
    rows.dispose();
    onProgress?.(to);
    await yieldToEventLoop();
  }
}

function readLayer(input: tf.Tensor4D, w: tf.Tensor4D, layer: ConvLayerSpec, readout: ReadoutSpec, steps: number): tf.Tensor2D {
  const { source, grid, share } = readingOf(readout);
  switch (source) {
    case 'spikes': {
      const earliness = tf.div(tf.sub(steps, firstSpikes(input, w, layer, steps)), steps) as tf.Tensor4D;
      return poolOnGrid(earliness, grid, 'sum');
    }
    case 'potentials':
      return poolOnGrid(finalPotentials(input, w, layer, steps), grid, 'max');
    case 'contrast': {
      const potentials = finalPotentials(input, w, layer, steps);
      const level = tf.mul(tf.max(potentials, 3, true), share);
      return poolOnGrid(tf.relu(tf.sub(potentials, level)) as tf.Tensor4D, grid, 'sum');
    }
    default:
      return unreachable(source);
  }
}

/** Images a batch, so that the largest tensor of the pass stays below {@link batchNumbers}. */
function batchSize({ height, width, steps }: SpikeTimes, { layers, readout }: NetworkSpec): number {
  const largest = layers.map(
    ({ maps }, index) =>
      height * width * maps * (index < layers.length - 1 || readingOf(readout).source === 'spikes' ? steps : 1),
  );
  return Math.max(1, Math.min(200, Math.floor(batchNumbers / Math.max(...largest, 1))));
}
