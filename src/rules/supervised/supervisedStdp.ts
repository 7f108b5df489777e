import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { ensure, orThrow } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { showShape } from '../../core/show.js';
import { sameShape, tidily, toFloat, toTimes } from '../../core/tensors.js';
import { checkedSpikes, type FirstSpikes, firstToFire } from './firstSpikes.js';
import { type SupervisedStdpParams, supervisedStdpSchema } from './supervisedParams.js';

/**
 * S2-STDP: how a layer learns from one stimulus of a known class when to fire. In each class the first neuron to fire is
 * updated, U in all (the classes); of those the P = 1 of the stimulus's class is the target, unless it is none of the first `targets` of its
 * neurons. With times t in units of `tMax`:
 *
 *     T = min( mean of the times that fired, 1 − gap·P/U )                          (none fired: that bound)
 *     e = t − ( T − gap·(U − P)/U )   of the target        e = t − ( T + gap·P/U )   of the others
 *     Δw = e·etaPlus  where tIn ≤ t       Δw = −e·etaMinus  where tIn > t         (never is 1: an output that never fired takes all for early)
 *     w' = clip( w + Δw, 0, 1 ), scaled so that the sum over the inputs of each updated neuron stays what it was
 *
 * With `perClass` 1 all neurons are updated; `perClass` 2 and `targets` 1 are paired competing neurons (PCN), more of both neuronal
 * competition groups (NCG), see {@link regulateThresholds}.
 *
 * @param w         weights `[inputs, neurons]`, in [0, 1].
 * @param preTimes  first spike times of the inputs `[inputs]`; Infinity = never.
 * @param post      of the neurons, see {@link FirstSpikes}.
 * @param label     the class of the stimulus.
 * @param params    see {@link SupervisedStdpParams}.
 * @returns w', the shape of `w`.
 * @throws {StdpError} when shapes or numbers of neurons don't fit each other, or a parameter is out of range.
 *
 * Source: Goupy, Tirilly and Bilasco 2023 (S2-STDP, PCN) and 2024 (NCG).
 *
 * @example
 * const post = { times: [0.4, 0.6] };   // the class is that of neuron 0: T = 0.5, it should fire at 0.45, the other at 0.55
 * const params = { gap: 0.1, etaPlus: 1, etaMinus: 1 };
 * s2StdpWinners([[0.5, 0.5], [0.5, 0.5]], [0.1, Infinity], post, 0, params).print();   // => [[0.45, 0.55], [0.55, 0.45]]
 */
export function s2StdpWinners(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  post: FirstSpikes,
  label: number,
  params?: Partial<SupervisedStdpParams>,
  ...more: readonly never[]
): tf.Tensor2D {
  nothingMore(more, 's2StdpWinners', 's2StdpWinners(w, preTimes, post, label, params)');
  return learnedTimes(w, preTimes, post, label, params, 's2StdpWinners');
}

/**
 * SSTDP: {@link s2StdpWinners} whose desired times are bounds. A target that fires earlier than it should, and another that fires
 * later, have no error; weights are clipped, not scaled.
 *
 *     e = max( 0, t − ( T − gap·(U − P)/U ) )   of the target        e = min( 0, t − ( T + gap·P/U ) )   of the others
 *
 * @param w         weights `[inputs, neurons]`, in [0, 1].
 * @param preTimes  first spike times of the inputs `[inputs]`; Infinity = never.
 * @param post      of the neurons, see {@link FirstSpikes}.
 * @param label     the class of the stimulus.
 * @param params    see {@link SupervisedStdpParams}.
 * @returns w', the shape of `w`.
 * @throws {StdpError} as {@link s2StdpWinners}.
 *
 * Source: Liu, Zhao, Chen, Wang and Jiang 2021, "SSTDP", in the form of Goupy et al. 2023.
 *
 * @example
 * const params = { gap: 0.1, etaPlus: 1, etaMinus: 1 };
 * sstdpWinners([[0.5, 0.5]], [0.1], { times: [0.4, 0.6] }, 1, params).print();   // => [[0.35, 0.65]]
 */
export function sstdpWinners(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  post: FirstSpikes,
  label: number,
  params?: Partial<SupervisedStdpParams>,
  ...more: readonly never[]
): tf.Tensor2D {
  nothingMore(more, 'sstdpWinners', 'sstdpWinners(w, preTimes, post, label, params)');
  return learnedTimes(w, preTimes, post, label, params, 'sstdpWinners');
}

function learnedTimes(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  post: FirstSpikes,
  label: number,
  params: Partial<SupervisedStdpParams> | undefined,
  where: 's2StdpWinners' | 'sstdpWinners',
): tf.Tensor2D {
  const complete = orThrow(supervisedStdpSchema.validate(params, where));
  return tidily(() => {
    const weights = toFloat(w, where, 'w') as tf.Tensor2D;
    ensure(weights.rank === 2, where, 'w', () => `has shape ${showShape(weights.shape)}, needs [inputs, neurons]`);
    const [inputs, neurons] = weights.shape;
    const given = toTimes(preTimes, where, 'preTimes');
    const problem = () => `has shape ${showShape(given.shape)}, w ${showShape(weights.shape)} needs [${inputs}]`;
    ensure(sameShape(given.shape, [inputs]), where, 'preTimes', problem);
    const spikes = checkedSpikes(post, label, neurons, complete, where);
    const errors = tf.tensor1d(timingErrors(spikes, label, complete, where));
    const updated = tf.tile(tf.reshape(tf.notEqual(errors, 0), [1, neurons]), [inputs, 1]);
    const early = tf.lessEqual(
      tf.reshape(tf.minimum(given, complete.tMax), [inputs, 1]),
      tf.tensor2d([...spikes.times], [1, neurons]),
    );
    const rates = tf.where(early, tf.fill(weights.shape, complete.etaPlus), tf.fill(weights.shape, -complete.etaMinus));
    const moved = tf.clipByValue(tf.add(weights, tf.mul(rates, errors)), 0, 1);
    const scaled = where === 'sstdpWinners' ? moved : tf.mul(moved, tf.divNoNan(tf.sum(weights, 0), tf.sum(moved, 0)));
    return tf.where(updated, scaled, weights) as tf.Tensor2D;
  });
}

/** The error of each neuron, e in units of `tMax`; 0 of those that are not updated. */
function timingErrors(
  spikes: ReturnType<typeof checkedSpikes>,
  label: number,
  { gap, tMax, perClass, targets }: SupervisedStdpParams,
  where: 's2StdpWinners' | 'sstdpWinners',
): Float32Array {
  const errors = new Float32Array(spikes.times.length);
  const classes = errors.length / perClass;
  const updated = Array.from({ length: classes }, (_, own) => firstToFire(spikes, own * perClass, (own + 1) * perClass));
  const fired = updated.map((neuron) => at(spikes.times, neuron) / tMax).filter((time) => time < 1);
  const latest = 1 - gap / classes;
  const mean = Math.min(
    fired.reduce((sum, time) => sum + time / fired.length, 0),
    latest,
  );
  const middle = fired.length === 0 ? latest : mean;
  updated.forEach((neuron, own) => {
    const isTarget = own === label && neuron % perClass < targets;
    const error = at(spikes.times, neuron) / tMax - middle + gap * (isTarget ? (classes - 1) / classes : -1 / classes);
    const kept = where === 's2StdpWinners' || error > 0 === isTarget;
    errors[neuron] = kept ? error : 0;
  });
  return errors;
}
