import { isRight, left, right } from 'fp-ts/lib/Either.js';
import type { Validated } from '../../../core/errors.js';
import { frozen } from '../../../core/frozen.js';
import {
  type Check,
  type Checks,
  fractionScalar,
  integerFrom,
  nonNegativeScalar,
  optional,
  positiveScalar,
  scalar,
  validateParams,
} from '../../../core/params/validation.js';
import { isRecord } from '../../../core/trees.js';
import { validatePart } from '../../validatePart.js';
import { mostPixels } from './encoderSpec.js';

/** One convolutional layer of non-leaky integrate-and-fire neurons, each firing at most once per image, and how it learns. */
export interface ConvLayerSpec {
  /** Feature maps. */
  readonly maps: number;
  /** Side of the receptive field. */
  readonly kernelSize: number;
  /** Zeros around the input. Default ⌊kernelSize/2⌋ is what presets use. */
  readonly pad: number;
  /** A neuron fires when its potential is above this. */
  readonly threshold: number;
  /** Mean of the initial weights, N(mean, std²) cut to [0, 1]. Default 0.8. */
  readonly weightMean: number;
  /** Standard deviation of the initial weights. Default 0.05. */
  readonly weightStd: number;
  /** Neurons that learn from one image, at most one a map. Default 5. */
  readonly winners: number;
  /** A winner keeps all maps from winning within this distance. Default 2. */
  readonly inhibitionRadius: number;
  /** Rate of potentiation at the start. Default 0.004. */
  readonly etaPlus: number;
  /** The rate of potentiation doubles every `doubleEvery` images up to this. Default 0.15. */
  readonly etaPlusMax: number;
  /** Images. Default 500. */
  readonly doubleEvery: number;
  /** etaMinus / etaPlus. Default 0.75. */
  readonly etaRatio: number;
  /** Training images, at most (fewer when the data set has fewer). Default 6000. */
  readonly images: number;
  /** Stop when C = mean w(1 − w) falls below this; 0 never stops. Default 0.01. */
  readonly stopBelow: number;
  /** The next layer sees the first spike in squares of this side; 1 pools nothing. Default 2. */
  readonly poolSize: number;
  /** How the threshold of each map follows the times at which winners fire. Default: all keep `threshold`. */
  readonly thresholds?: ThresholdSpec;
}

/**
 * Thresholds that bring winners to fire at a time: while the layer learns, each winner that fires at t ∈ (0, 1), as a share of the steps, moves
 * those of all M maps, with ± = 1 for its own map and −1/(M − 1) for the others,
 *
 *     θ ← max(least, θ − η (t − target) ± η)
 *
 * so that early winners raise all of them, and who wins often loses to others. They begin at `threshold`. When the layer has learned, the weights of
 * each map are multiplied by `threshold`/θ: with one threshold for all again they fire when they did.
 *
 * Source: P. Falez, P. Tirilly, I. M. Bilasco, P. Devienne, P. Boulet, "Multi-layered spiking neural network with target timestamp
 * threshold adaptation and STDP", 2019.
 */
export interface ThresholdSpec {
  /** Time of the winners, in [0, 1]. */
  readonly target: number;
  /** Step of a threshold, ≥ 0. */
  readonly eta: number;
  /** No threshold falls below it; > 0. */
  readonly least: number;
}

/** The defaults of {@link ConvLayerSpec}. */
export const convLayerDefaults: ConvLayerSpec = frozen({
  maps: 32,
  kernelSize: 7,
  pad: 3,
  threshold: 25,
  weightMean: 0.8,
  weightStd: 0.05,
  winners: 5,
  inhibitionRadius: 2,
  etaPlus: 0.004,
  etaPlusMax: 0.15,
  doubleEvery: 500,
  etaRatio: 0.75,
  images: 6000,
  stopBelow: 0.01,
  poolSize: 2,
});

/** Maps of a layer, at most. */
const mostMaps = 2 ** 16;

const aThresholdSpec: Check = (value) =>
  isRecord(value) && isRight(validateParams<object>('thresholds', {}, value, thresholdChecks))
    ? right(value)
    : left('{ target, eta, least }, numbers in [0, 1], ≥ 0 and > 0');

const thresholdChecks: Checks<ThresholdSpec> = { target: fractionScalar, eta: nonNegativeScalar, least: positiveScalar };

/** The complete, checked layer, or the first problem; `name` is what that calls it. */
export const validateConvLayerSpec = (given: Partial<ConvLayerSpec>, name: string): Validated<ConvLayerSpec> =>
  validatePart(name, convLayerDefaults, given, {
    maps: integerFrom(1, mostMaps),
    kernelSize: integerFrom(1, mostPixels),
    pad: integerFrom(0, mostPixels),
    threshold: positiveScalar,
    weightMean: scalar,
    weightStd: nonNegativeScalar,
    winners: integerFrom(1, mostMaps),
    inhibitionRadius: integerFrom(0, mostPixels),
    etaPlus: nonNegativeScalar,
    etaPlusMax: positiveScalar,
    doubleEvery: integerFrom(1),
    etaRatio: nonNegativeScalar,
    images: integerFrom(0),
    stopBelow: nonNegativeScalar,
    poolSize: integerFrom(1, mostPixels),
    thresholds: optional(aThresholdSpec),
  });
