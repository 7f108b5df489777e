import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import type { Numeric } from '../core/params/validation.js';
import { asTensor } from '../core/tensors.js';
import { alongWeights } from '../topologies/perOutput.js';
import type { Topology } from '../topologies/topology.js';
import { perOutput } from '../traces/exponentialTrace.js';
import type { Delta, FactorPair, Term } from '../updates/delta.js';
import { perSample } from '../updates/perSample.js';
import { splitSigns } from '../updates/splitSigns.js';

/** Part of an update with a signed rate: positive rates potentiate, negative ones depress. */
export interface SignedHalf {
  /** A number, one per output (of a term with a post factor), or one per synapse. */
  readonly rate: Numeric;
  readonly term: Term;
}

/** The synapses that terms are about. */
export interface Wiring {
  readonly topology: Topology;
  readonly weightShape: readonly number[];
}

/**
 * Sorts signed parts into the two sides of a Delta, each scaled by |rate·modulation|, so that bounds act on the direction
 * of the change and not on its name. Two positive rates leave the depression side empty, and the other way round.
 * Where the sign isn't known before the tensors are read, a part takes both sides, with 0 on one of them.
 *
 * @param modulation  what all rates are multiplied with: a number, or one per sample `[batch]` (a reward). Default 1.
 *
 * Source: Inferno's sign table (Hebbian, anti-Hebbian, potentiative, depressive).
 */
export function signedDelta(halves: readonly SignedHalf[], wiring: Wiring, modulation: number | tf.Tensor = 1): Delta {
  const parts = halves.map(({ rate, term }): Sides => {
    if (typeof rate === 'number' && typeof modulation === 'number') {
      const signed = rate * modulation;
      const part = [scaled(term, Math.abs(signed))];
      return signed >= 0 ? { raises: part, lowers: [] } : { raises: [], lowers: part };
    }
    const rated = isPerSynapse(rate) ? { perSample: perSample(term, wiring.topology, wiring.weightShape) } : term;
    const own = 'perSample' in rated ? alongWeights(rate, wiring.topology) : rate;
    const { raises, lowers } = splitSigns(tf.mul(ofSamples(modulation, rankOf(rated)), asTensor(own)));
    return { raises: [scaled(rated, raises)], lowers: [scaled(rated, lowers)] };
  });
  return { potentiation: parts.flatMap(({ raises }) => raises), depression: parts.flatMap(({ lowers }) => lowers) };
}

/** The halves under a reward; nothing when none came. */
export function rewarded(
  halves: readonly SignedHalf[],
  wiring: Wiring,
  reward: number | tf.Tensor | undefined,
  scale: number,
): Delta {
  if (reward === undefined) return { potentiation: [], depression: [] };
  return signedDelta(halves, wiring, times(reward, scale));
}

/** A number, or a tensor, times a number. */
export const times = (value: number | tf.Tensor, factor: number): number | tf.Tensor =>
  typeof value === 'number' ? value * factor : factor === 1 ? value : tf.mul(value, factor);

/** Whether a rate is one for each synapse, which no factor of a layer can hold. */
export const isPerSynapse = (rate: Numeric): boolean => rate instanceof tf.Tensor && rate.rank > 1;

interface Sides {
  readonly raises: readonly Term[];
  readonly lowers: readonly Term[];
}

/** A modulation in a form that broadcasts with batched tensors of a rank. */
const ofSamples = (modulation: number | tf.Tensor, rank: number): tf.Tensor =>
  typeof modulation === 'number'
    ? tf.scalar(modulation)
    : tf.reshape(modulation, [-1, ...Array.from({ length: rank - 1 }, () => 1)]);

const rankOf = (term: Term): number =>
  'perSample' in term ? term.perSample.rank : at([term.post, term.pre].filter(isTensor), 0).rank;

const isTensor = (factor: tf.Tensor | 1): factor is tf.Tensor => factor !== 1;

/** A term times a constant, or times a tensor that broadcasts with it (with its post factor, where it has one). */
export function scaled(term: Term, factor: number | tf.Tensor): Term {
  if (factor === 1) return term;
  if ('perSample' in term) {
    const changes = term.perSample;
    return { ...term, perSample: tf.mul(changes, typeof factor === 'number' ? factor : perOutput(factor, changes)) };
  }
  return scaledPair(term, factor);
}

const scaledPair = (pair: FactorPair, factor: number | tf.Tensor): FactorPair =>
  pair.post === 1 ? { pre: tf.mul(pair.pre, factor), post: 1 } : { ...pair, post: tf.mul(pair.post, factor) };
