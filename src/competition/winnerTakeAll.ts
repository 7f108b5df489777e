import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { oneHot } from '../core/oneHot.js';
import { ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { floats, sameShape, tidily, toFloat } from '../core/tensors.js';

/** A layer after the competition, each [B, H, W, C]. */
export interface WtaResult {
  /** The spikes that remain. */
  readonly spikes: tf.Tensor;
  /** Potentials, 0 where they were inhibited. */
  readonly membrane: tf.Tensor;
  /** 1 at neurons that won and may learn, else 0. */
  readonly winnerMask: tf.Tensor;
}

/**
 * One winner a map: of the neurons of a map that spike, the one with the highest potential keeps its spike; equal
 * potentials are decided by the lowest (y, x). The membrane of every map with a winner becomes 0.
 *
 * @param spikes            [B, H, W, C]; [H, W, C] is a batch of one. A spike is any value > 0.
 * @param membrane          potentials after the reset, the shape of `spikes`.
 * @param preResetMembrane  potentials that made the spikes; they decide when given. Default `membrane`.
 * @throws {StdpError} when the shapes differ or the rank is wrong.
 *
 * Source: Kheradpisheh et al. 2018 (intra-map competition); spikeseg `wta_global_membrane`.
 *
 * @example
 * wtaGlobal(tf.ones([1, 1, 2, 1]), tf.tensor4d([1, 2], [1, 1, 2, 1])).winnerMask.print();   // => [[[[0], [1]]]]
 */
export function wtaGlobal(
  spikes: tf.TensorLike | tf.Tensor,
  membrane: tf.TensorLike | tf.Tensor,
  preResetMembrane: tf.TensorLike | tf.Tensor = membrane,
  ...more: readonly never[]
): WtaResult {
  nothingMore(more, 'wtaGlobal', 'wtaGlobal(spikes, membrane, preResetMembrane)');
  return tidily(() => {
    const fired = layer(spikes, 'wtaGlobal', 'spikes');
    const potential = layer(membrane, 'wtaGlobal', 'membrane', fired);
    return oneWinnerPerMap(tf.greater(fired, 0), potential, layer(preResetMembrane, 'wtaGlobal', 'preResetMembrane', fired));
  });
}

/**
 * As {@link wtaGlobal} by the membrane as it is, but only positive potentials can win: a map whose best spiking neuron
 * is at or below 0 has no winner, loses its spikes and keeps its membrane.
 *
 * @throws {StdpError} when the shapes differ or the rank is wrong.
 *
 * Source: spikeseg `wta_by_membrane`.
 *
 * @example
 * wtaByMembrane(tf.ones([1, 1, 2, 1]), tf.tensor4d([-1, 0], [1, 1, 2, 1])).winnerMask.print();   // => [[[[0], [0]]]]
 */
export function wtaByMembrane(
  spikes: tf.TensorLike | tf.Tensor,
  membrane: tf.TensorLike | tf.Tensor,
  ...more: readonly never[]
): WtaResult {
  nothingMore(more, 'wtaByMembrane', 'wtaByMembrane(spikes, membrane)');
  return tidily(() => {
    const fired = layer(spikes, 'wtaByMembrane', 'spikes');
    const potential = layer(membrane, 'wtaByMembrane', 'membrane', fired);
    return oneWinnerPerMap(tf.logicalAnd(tf.greater(fired, 0), tf.greater(potential, 0)), potential, potential);
  });
}

/**
 * Spikes inhibit their neighbours in all maps: the membrane becomes 0 within `radius` rows and columns (Chebyshev
 * distance) of any spike, the spiking neurons included. Spikes stay as they are, and all of them win: it keeps
 * neighbours from firing later, it does not choose among those that fire together.
 *
 * @param radius  an integer ≥ 0; 0 inhibits the same position in the other maps.
 * @throws {StdpError} when the shapes differ, the rank is wrong or `radius` is not an integer ≥ 0.
 *
 * Source: Kheradpisheh et al. 2018 (inter-map inhibition); spikeseg `wta_local_membrane`.
 *
 * @example
 * wtaLocal(tf.tensor4d([1, 0, 0], [1, 1, 3, 1]), tf.ones([1, 1, 3, 1]), 1).membrane.print();   // => [[[[0], [0], [1]]]]
 */
export function wtaLocal(
  spikes: tf.TensorLike | tf.Tensor,
  membrane: tf.TensorLike | tf.Tensor,
  radius: number,
  ...more: readonly never[]
): WtaResult {
  const where = 'wtaLocal';
  nothingMore(more, where, 'wtaLocal(spikes, membrane, radius)');
  ensureIs(integerFrom(0), radius, where, 'radius');
  return tidily(() => {
    const fired = layer(spikes, where, 'spikes');
    const potential = layer(membrane, where, 'membrane', fired);
    const mask = tf.step(fired);
    if (fired.size === 0) return { spikes: tf.clone(fired), membrane: tf.clone(potential), winnerMask: mask };
    const [batch, height, width] = batched(fired, 1);
    const anyMap = tf.reshape(tf.max(mask, -1), [batch, height, width, 1]);
    const reach = Math.min(radius, Math.max(height, width)); // all of the map, and no further
    const zone = tf.maxPool(anyMap as tf.Tensor4D, 2 * reach + 1, 1, 'same');
    const inhibited = tf.cast(tf.reshape(zone, [...fired.shape.slice(0, -1), 1]), 'bool');
    return { spikes: tf.clone(fired), membrane: silence(potential, inhibited), winnerMask: mask };
  });
}

/** `value` as a layer [B, H, W, C] or [H, W, C], of the shape of `peer` when there is one. */
function layer(value: tf.TensorLike | tf.Tensor, where: string, argument: string, peer?: tf.Tensor): tf.Tensor {
  const tensor = toFloat(value, where, argument);
  const { shape, rank } = tensor;
  if (peer === undefined) {
    ensure(rank === 3 || rank === 4, where, argument, () => `has shape ${showShape(shape)}, needs [B, H, W, C]`);
  } else {
    const wanted = peer.shape;
    ensure(sameShape(shape, wanted), where, argument, () => `has shape ${showShape(shape)}, spikes have ${showShape(wanted)}`);
  }
  return tensor;
}

/** The shape [B, H, W, channels] that goes with a layer of rank 3 or 4. */
const batched = ({ shape, rank }: tf.Tensor, channels: number): [number, number, number, number] => {
  const [batch = 0, height = 0, width = 0] = rank === 3 ? [1, ...shape] : shape;
  return [batch, height, width, channels];
};

/** The highest potential of each map among the candidates; argMax takes the first of equals. */
function oneWinnerPerMap(candidates: tf.Tensor, membrane: tf.Tensor, potential: tf.Tensor): WtaResult {
  const { shape } = membrane;
  if (membrane.size === 0) return { spikes: tf.clone(membrane), membrane: tf.clone(membrane), winnerMask: tf.clone(membrane) };
  const channels = at(shape, -1);
  const [batch, height, width] = batched(membrane, channels);
  const places = height * width;
  const contenders = tf.where(candidates, potential, tf.fill(shape, Number.NEGATIVE_INFINITY));
  const best = tf.argMax(tf.reshape(contenders, [batch, places, channels]), 1);
  const atBest = tf.transpose(oneHot(best, places), [0, 2, 1]);
  const winnerMask = tf.mul(tf.reshape(atBest, shape), floats(candidates));
  const hasWinner = tf.max(winnerMask, [-3, -2], true);
  return { spikes: tf.clone(winnerMask), membrane: silence(membrane, tf.cast(hasWinner, 'bool')), winnerMask };
}

const silence = (membrane: tf.Tensor, inhibited: tf.Tensor): tf.Tensor => tf.where(inhibited, tf.zerosLike(membrane), membrane);
