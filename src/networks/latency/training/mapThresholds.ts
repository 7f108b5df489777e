import { at } from '../../../core/at.js';
import type { ConvLayerSpec, ThresholdSpec } from '../spec/convLayerSpec.js';

/** A neuron that won: its map, and the step at which it fired. */
export interface MapWinner {
  readonly map: number;
  readonly step: number;
}

/** The thresholds with which the maps of a layer begin; undefined where all keep one. */
export const firstThresholds = ({ maps, threshold, thresholds }: ConvLayerSpec): readonly number[] | undefined =>
  thresholds && Array.from({ length: maps }, () => threshold);

/** The thresholds after the winners of an image, one after the other: see {@link ThresholdSpec}. */
export const movedThresholds = (
  thresholds: readonly number[],
  winners: readonly MapWinner[],
  steps: number,
  { target, eta, least }: ThresholdSpec,
): readonly number[] =>
  winners.reduce((before, { map, step }) => {
    const late = eta * ((step + 0.5) / steps - target);
    const lost = eta / Math.max(1, before.length - 1);
    return before.map((threshold, index) => Math.max(least, threshold - late + (index === map ? eta : -lost)));
  }, thresholds);

/** What each map is ahead of `threshold`: a potential that begins with it crosses `threshold` when one from 0 crosses its own. */
export const aheadOf = (threshold: number, thresholds: readonly number[]): Float32Array =>
  Float32Array.from(thresholds, (own) => threshold - own);

/** Weights `[…, maps]` whose maps fire at one threshold when they fired at their own. */
export const atOneThreshold = (weights: Float32Array, threshold: number, thresholds: readonly number[]): Float32Array => {
  const factors = thresholds.map((own) => threshold / own);
  return weights.map((weight, index) => weight * at(factors, index % factors.length));
};
