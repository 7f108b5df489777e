import * as tf from '@tensorflow/tfjs-core';
import { none, type Option, some } from 'fp-ts/lib/Option.js';
import { at, floatAt } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { ensureIs, nothingMore, optional } from '../core/params/validation.js';
import { aSeed, randomUint32, type Seed } from '../core/random.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import type { Winner } from './winner.js';

/**
 * The one neuron that wins a layer: the first to fire; of several at that step the one with the highest potential;
 * of equal potentials the lowest (channel, y, x), or one drawn by `seed` when it is given.
 *
 * @param spikes      [T, H, W, C], a spike is any value > 0.
 * @param potentials  [H, W, C]; left out, all are equal.
 * @param seed        draws among neurons that are still tied; the same seed, the same winner.
 * @returns `some` winner with its step as `time`, or `none` when nothing fired.
 * @throws {StdpError} (as a rejection) when `spikes` is not of rank 4, `potentials` doesn't fit it or the seed is none.
 *
 * Source: spikeseg `find_wta_winner`; without potentials it draws from an unseeded generator.
 *
 * @example
 * const spikes = tf.tensor4d([0, 0, 0, 1], [2, 1, 1, 2]);
 * await findWtaWinner(spikes);   // => { _tag: 'Some', value: { channel: 1, y: 0, x: 0, time: 1 } }
 */
export async function findWtaWinner(
  spikes: tf.TensorLike | tf.Tensor,
  potentials?: tf.TensorLike | tf.Tensor,
  seed?: Seed,
  ...more: readonly never[]
): Promise<Option<Winner>> {
  nothingMore(more, where, 'findWtaWinner(spikes, potentials, seed)');
  ensureIs(optional(aSeed), seed, where, 'seed');
  const held = tidily(() => {
    const train = toFloat(spikes, where, 'spikes');
    ensure(train.rank === 4, where, 'spikes', () => `has shape ${showShape(train.shape)}, needs [T, H, W, C]`);
    const layer = train.shape.slice(1);
    const heights = potentials === undefined ? tf.zeros(layer) : toFloat(potentials, where, 'potentials');
    ensure(
      sameShape(heights.shape, layer),
      where,
      'potentials',
      () => `has shape ${showShape(heights.shape)}, spikes ${showShape(train.shape)} need ${showShape(layer)}`,
    );
    return { train: tf.clone(train), heights: tf.clone(heights) };
  });
  const [, height = 0, width = 0, channels = 0] = held.train.shape;
  const [fired, potential] = await Promise.all([held.train.data<'float32'>(), held.heights.data<'float32'>()]);
  tf.dispose([held.train, held.heights]);

  const first = fired.findIndex((value) => value > 0);
  if (first < 0) return none;
  const neurons = height * width * channels;
  const time = Math.floor(first / neurons);
  const tied = highest(fired.subarray(time * neurons, (time + 1) * neurons), potential, channels);
  const chosen = seed === undefined ? 0 : Math.floor((at(randomUint32(1, seed), 0) * tied.length) / 2 ** 32);
  const index = at(tied, chosen);
  const place = Math.floor(index / channels);
  return some({ channel: index % channels, y: Math.floor(place / width), x: place % width, time });
}

const where = 'findWtaWinner';

/** The spiking neurons of the highest potential, as indices into [H, W, C], in the order of (channel, y, x). */
function highest(fired: Float32Array, potential: Float32Array, channels: number): readonly number[] {
  let tied: number[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (let channel = 0; channel < channels; channel++) {
    for (let index = channel; index < fired.length; index += channels) {
      if (floatAt(fired, index) <= 0) continue;
      const value = floatAt(potential, index);
      if (tied.length === 0 || value > best) {
        tied = [index];
        best = value;
      } else if (value === best) tied.push(index);
    }
  }
  return tied;
}
