import { chain, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { refuse, type Validated } from '../core/errors.js';
import {
  finiteNumber,
  integerFrom,
  nonNegativeScalar,
  oneOf,
  positiveScalar,
  scalar,
  validateParams,
} from '../core/validation.js';

/**
 * From pixels to spike times: contrast in both polarities, then rank order. Two channels: ON centres, OFF centres.
 *
 * @property size                 side of the difference-of-Gaussians kernels, pixels. Default 7.
 * @property sigmaCentre          standard deviation of the narrow Gaussian, pixels. Default 1.
 * @property sigmaSurround        of the wide one, pixels. Default 2.
 * @property cutoff               responses to pixels of 0–255 below this are silent. Default 50.
 * @property normalizationRadius  responses are divided by their mean in a square of this radius, pixels. Default 8.
 * @property bins                 time steps; the strongest responses fire first, equally many in each. Default 15.
 */
export interface EncoderSpec {
  readonly size: number;
  readonly sigmaCentre: number;
  readonly sigmaSurround: number;
  readonly cutoff: number;
  readonly normalizationRadius: number;
  readonly bins: number;
}

/** The defaults of {@link EncoderSpec}. */
export const encoderDefaults: EncoderSpec = {
  size: 7,
  sigmaCentre: 1,
  sigmaSurround: 2,
  cutoff: 50,
  normalizationRadius: 8,
  bins: 15,
};

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
}

/** The defaults of {@link ConvLayerSpec}. */
export const convLayerDefaults: ConvLayerSpec = {
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
};

/**
 * What the linear read-out sees of the last layer, on a grid of cells over the image, per map:
 *
 * - `'spikes'`: Σ (T − t)/T over the neurons of the cell that fired at step t: spikes alone, earlier ones count more.
 * - `'potentials'`: the highest final potential in the cell.
 * - `'contrast'`: Σ max(0, potential − share · highest potential of any map at the position).
 *
 * @property grid        cells a side. Default 4.
 * @property share       of `'contrast'`. Default 0.7.
 * @property lambda      weight of ½‖W‖² in the fit. Default 0.01.
 * @property iterations  of the fit, at most. Default 80.
 */
export interface ReadoutSpec {
  readonly source: 'spikes' | 'potentials' | 'contrast';
  readonly grid: number;
  readonly share: number;
  readonly lambda: number;
  readonly iterations: number;
}

/** The defaults of {@link ReadoutSpec}. */
export const readoutDefaults: ReadoutSpec = { source: 'contrast', grid: 4, share: 0.7, lambda: 0.01, iterations: 80 };

/**
 * A network as plain data: encode → (convolve → compete → learn → pool)… → read out.
 *
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 16 }], readout: { source: 'spikes' } }));
 * [spec.layers.length, spec.readout.source, spec.readout.grid];   // => [1, 'spikes', 4]
 */
export interface NetworkSpec {
  readonly name: string;
  readonly encoder: EncoderSpec;
  readonly layers: readonly ConvLayerSpec[];
  readonly readout: ReadoutSpec;
}

/** A {@link NetworkSpec} whose fields may be left to their defaults. */
export interface PartialNetworkSpec {
  readonly name: string;
  readonly encoder?: Partial<EncoderSpec>;
  readonly layers: readonly Partial<ConvLayerSpec>[];
  readonly readout?: Partial<ReadoutSpec>;
}

const positiveInteger = integerFrom(1);

const validateEncoder = (given: Partial<EncoderSpec> | undefined): Validated<EncoderSpec> =>
  validateParams('network.encoder', encoderDefaults, given, {
    size: positiveInteger,
    sigmaCentre: positiveScalar,
    sigmaSurround: positiveScalar,
    cutoff: nonNegativeScalar,
    normalizationRadius: integerFrom(0),
    bins: positiveInteger,
  });

const validateLayer = (given: Partial<ConvLayerSpec>, index: number): Validated<ConvLayerSpec> =>
  validateParams(`network.layers[${index}]`, convLayerDefaults, given, {
    maps: positiveInteger,
    kernelSize: positiveInteger,
    pad: integerFrom(0),
    threshold: positiveScalar,
    weightMean: scalar,
    weightStd: nonNegativeScalar,
    winners: positiveInteger,
    inhibitionRadius: integerFrom(0),
    etaPlus: finiteNumber,
    etaPlusMax: finiteNumber,
    doubleEvery: positiveInteger,
    etaRatio: nonNegativeScalar,
    images: integerFrom(0),
    stopBelow: nonNegativeScalar,
    poolSize: positiveInteger,
  });

const validateReadout = (given: Partial<ReadoutSpec> | undefined): Validated<ReadoutSpec> =>
  validateParams('network.readout', readoutDefaults, given, {
    source: oneOf('spikes', 'potentials', 'contrast'),
    grid: positiveInteger,
    share: nonNegativeScalar,
    lambda: positiveScalar,
    iterations: positiveInteger,
  });

/**
 * The complete, checked network, or the first problem: `network.layers[0]: threshold must be a number > 0, got NaN`.
 *
 * @example
 * const spec = validateNetworkSpec({ name: 'tiny', layers: [{ maps: 0 }] });
 * pipe(spec, match((error) => error.message, () => 'good'));   // => 'network.layers[0]: maps must be an integer ≥ 1, got 0'
 */
export const validateNetworkSpec = ({ name, encoder, layers, readout }: PartialNetworkSpec): Validated<NetworkSpec> =>
  layers.length === 0
    ? refuse('network', 'layers', 'needs at least one layer')
    : pipe(
        validateEncoder(encoder),
        chain((checkedEncoder) =>
          pipe(
            layers.reduce<Validated<readonly ConvLayerSpec[]>>(
              (checked, layer, index) =>
                pipe(
                  checked,
                  chain((done) =>
                    pipe(
                      validateLayer(layer, index),
                      chain((next) => right([...done, next])),
                    ),
                  ),
                ),
              right([]),
            ),
            chain((checkedLayers) =>
              pipe(
                validateReadout(readout),
                chain((checkedReadout) =>
                  right({ name, encoder: checkedEncoder, layers: checkedLayers, readout: checkedReadout }),
                ),
              ),
            ),
          ),
        ),
      );
