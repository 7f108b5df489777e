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

/**
 * One convolutional layer of non-leaky integrate-and-fire neurons, each firing at most once per image, and how it learns.
 *
 * @property maps              feature maps.
 * @property kernelSize        side of the receptive field.
 * @property pad               zeros around the input. Default ⌊kernelSize/2⌋ is what presets use.
 * @property threshold         a neuron fires when its potential is above this.
 * @property weightMean        of the initial weights, N(mean, std²) cut to [0, 1]. Default 0.8.
 * @property weightStd         Default 0.05.
 * @property winners           neurons that learn from one image, at most one a map. Default 5.
 * @property inhibitionRadius  a winner keeps all maps from winning within this distance. Default 2.
 * @property etaPlus           rate of potentiation at the start. Default 0.004.
 * @property etaPlusMax        it doubles every `doubleEvery` images up to this. Default 0.15.
 * @property doubleEvery       images. Default 500.
 * @property etaRatio          etaMinus / etaPlus. Default 0.75.
 * @property images            at most so many training images (fewer when the data set has fewer). Default 6000.
 * @property stopBelow         stop when C = mean w(1 − w) falls below this; 0 never stops. Default 0.01.
 * @property poolSize          the next layer sees the first spike in squares of this side; 1 pools nothing. Default 2.
 * @property thresholds        how the threshold of each map follows the times at which winners fire. Default: all keep `threshold`.
 */
export interface ConvLayerSpec {
  readonly maps: number;
  readonly kernelSize: number;
  readonly pad: number;
  readonly threshold: number;
  readonly weightMean: number;
  readonly weightStd: number;
  readonly winners: number;
  readonly inhibitionRadius: number;
  readonly etaPlus: number;
  readonly etaPlusMax: number;
  readonly doubleEvery: number;
  readonly etaRatio: number;
  readonly images: number;
  readonly stopBelow: number;
  readonly poolSize: number;
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
 *
 * @property target  time of the winners, in [0, 1].
 * @property eta     step of a threshold, ≥ 0.
 * @property least   no threshold falls below it; > 0.
 */
export interface ThresholdSpec {
  readonly target: number;
  readonly eta: number;
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
