import * as tf from '@tensorflow/tfjs-core';
import { type ParamsOf, param } from '../../core/params/schema.js';
import { type Check, oneOf, positiveScalar, rate, timeConstant } from '../../core/params/validation.js';
import { postSide, preSide } from '../../topologies/synapseSums.js';
import type { Topology } from '../../topologies/topology.js';
import { initSpikeAges, spikeAgesStep } from '../../traces/spikeAges.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import type { Delta } from '../../updates/delta.js';
import { splitSigns } from '../../updates/splitSigns.js';
import type { BatchedInput, LayerShapes } from '../rule.js';
import { aKernel } from './stdpKernels.js';

/**
 * When the latest pair of each synapse acts.
 *
 * - `'spike'`: in the steps in which one of its two spikes falls; each pair counts once.
 * - `'always'`: in every step, also when nothing spikes, again and again (Inferno).
 */
export type Gate = 'spike' | 'always';

/** The check of {@link Gate}. */
const aGate: Check<Gate> = oneOf('spike', 'always');

/** The parameters of {@link SpikePairParams}. */
export const spikePairFields = {
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** See {@link Gate}. Default `'spike'`; Inferno's rules are `'always'`. */
  gate: param('spike', aGate),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'mean'` (`'sum'` of the rules with a reward). */
  batchReduction: param('mean', aBatchReduction),
};

/** What every rule over pairs of latest spikes has. */
export interface SpikePairParams extends ParamsOf<typeof spikePairFields> {}

/** The parameters of {@link KernelWindowParams}. */
export const kernelWindowFields = {
  /** The half of Δ ≥ 0, see {@link StdpKernel}. Default exponential, eta 0.001, tau 20 ms. */
  kernelPost: param({ kernel: 'exponential', eta: 1e-3, tau: 20 }, aKernel),
  /** The half of Δ < 0. Default exponential, eta −0.001, tau 20 ms. */
  kernelPre: param({ kernel: 'exponential', eta: -1e-3, tau: 20 }, aKernel),
};

/** A window of two free halves. */
export interface KernelWindowParams extends ParamsOf<typeof kernelWindowFields> {}

/** The parameters of {@link RateWindowParams}. */
export const rateWindowFields = {
  /** Rate of the half that raises; negative: it lowers. Default 0.001. */
  etaPlus: param(1e-3, rate),
  /** Rate of the half that lowers; negative: it raises. Default 0.001. */
  etaMinus: param(1e-3, rate),
  /** Time constant of the half that raises, ms. Default 20. */
  tauPlus: param(20, timeConstant),
  /** Time constant of the half that lowers, ms. Default 20. */
  tauMinus: param(20, timeConstant),
};

/** A window of two exponentials, one that raises and one that lowers. */
export interface RateWindowParams extends ParamsOf<typeof rateWindowFields> {}

/** The memory of a rule that pairs each neuron's latest spike: steps since then, Infinity before the first. */
export interface SpikeAgesState {
  /** Ages of the inputs' latest spikes. */
  readonly agePre: tf.Tensor;
  /** Ages of the outputs' latest spikes. */
  readonly agePost: tf.Tensor;
}

/** No spikes yet. */
export const initSpikeAgesState = ({ pre, post }: LayerShapes): SpikeAgesState => ({
  agePre: initSpikeAges(pre),
  agePost: initSpikeAges(post),
});

/** Both ages, one step later. */
export const nextSpikeAges = ({ pre, post }: BatchedInput, { agePre, agePost }: SpikeAgesState): SpikeAgesState => ({
  agePre: spikeAgesStep(agePre, pre),
  agePost: spikeAgesStep(agePost, post),
});

/** Every synapse's latest pair of spikes: `Δ` in ms and whether it acts (0 or 1), both `[batch, positions, taps, out]`. */
export interface SpikePairs {
  readonly difference: tf.Tensor;
  readonly acts: tf.Tensor;
}

/** The ages of the inputs as the synapses see them, `[batch, positions, taps, outputs or 1]`; what lies outside an image never fired. */
export function ageRows(agePre: tf.Tensor, topology: Topology, weightShape: readonly number[]): tf.Tensor {
  const rows = preSide(agePre, topology, weightShape);
  const inside = preSide(tf.onesLike(agePre), topology, weightShape);
  return tf.where(tf.cast(inside, 'bool'), rows, tf.fill(rows.shape, Number.POSITIVE_INFINITY));
}

/**
 * The latest pairs, `Δ = (age_pre − age_post)·dt − delay = t_post − (t_pre + delay)`.
 *
 * @param pre    ages as of {@link ageRows}, or one per synapse `[batch, positions, taps, out]`.
 * @param post   ages of the outputs.
 * @param delay  `[taps, out]`, ms; none: 0.
 */
export function spikePairs(
  pre: tf.Tensor,
  post: tf.Tensor,
  topology: Topology,
  weightShape: readonly number[],
  { dt, gate }: { readonly dt: number; readonly gate: Gate },
  delay?: tf.Tensor,
): SpikePairs {
  const postRows = postSide(post, topology, weightShape);
  const gap = tf.mul(tf.sub(finite(pre), finite(postRows)), dt);
  const paired = tf.mul(fired(pre), fired(postRows));
  return {
    difference: delay === undefined ? gap : withoutRounding(gap, delay),
    acts: gate === 'always' ? paired : tf.mul(paired, tf.maximum(fires(pre), fires(postRows))),
  };
}

/** 1 where there was a spike: 1/(1 + ∞) is 0. */
const fired = (age: tf.Tensor) => tf.step(tf.reciprocal(tf.add(age, 1)));
/** 1 where the spike fell in this step. */
const fires = (age: tf.Tensor) => tf.step(tf.sub(1, age));
/** 0 in place of Infinity, so that no ∞ − ∞ or 0·∞ arises. */
const finite = (age: tf.Tensor) => tf.where(tf.cast(fired(age), 'bool'), age, tf.zerosLike(age));

/** gap − delay, or 0 where it is no more than the rounding of both in float32: the spikes meet. */
function withoutRounding(gap: tf.Tensor, delay: tf.Tensor): tf.Tensor {
  const difference = tf.sub(gap, delay);
  const rounding = tf.mul(tf.add(tf.abs(gap), tf.abs(delay)), 2 ** -22);
  return tf.mul(difference, tf.step(tf.sub(tf.abs(difference), rounding)));
}

/**
 * What pairs ask of the parameter: the sum over positions of both halves of the window, increases and decreases apart.
 *
 * @param halves       the signed change of each half at a difference.
 * @param modulation   a number, or one per sample `[batch]`, that scales each sample's change. Default 1.
 * @param weightShape  shape of the parameter.
 */
export function pairsDelta(
  { difference, acts }: SpikePairs,
  halves: readonly ((difference: tf.Tensor) => tf.Tensor)[],
  weightShape: readonly number[],
  modulation: number | tf.Tensor = 1,
): Delta {
  const factor = typeof modulation === 'number' ? modulation : tf.reshape(modulation, [-1, 1, 1, 1]);
  const acting = tf.cast(acts, 'bool');
  const changes = halves.map((half) => tf.mul(tf.where(acting, half(difference), tf.zerosLike(difference)), factor));
  const sides = changes.map(splitSigns);
  const overPositions = (side: tf.Tensor) => ({ perSample: tf.reshape(tf.sum(side, 1), [-1, ...weightShape]) });
  return {
    potentiation: sides.map(({ raises }) => overPositions(raises)),
    depression: sides.map(({ lowers }) => overPositions(lowers)),
  };
}
