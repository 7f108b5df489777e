import { Applicative, bind, Do, left, map, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { traverseWithIndex } from 'fp-ts/lib/ReadonlyArray.js';
import type { Validated } from '../../../core/errors.js';
import { aText, type Check } from '../../../core/params/validation.js';
import { validatePart } from '../../validatePart.js';
import { type ConvLayerSpec, validateConvLayerSpec } from './convLayerSpec.js';
import { type EncoderSpec, validateEncoderSpec } from './encoderSpec.js';
import { type FirstSpikeReadoutSpec, type LinearReadoutSpec, type ReadoutSpec, validateReadoutSpec } from './readoutSpec.js';

export { type ConvLayerSpec, convLayerDefaults } from './convLayerSpec.js';
export { type EncoderSpec, encoderDefaults } from './encoderSpec.js';
export {
  type FirstSpikeReadoutSpec,
  firstSpikeReadoutDefaults,
  type LinearReadoutSpec,
  type ReadoutSpec,
  readoutDefaults,
} from './readoutSpec.js';

/**
 * A network as plain data: encode → (convolve → compete → learn → pool)… → read out.
 *
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 16 }], readout: { source: 'spikes' } }));
 * [spec.layers.length, spec.readout.type, spec.readout.grid];   // => [1, 'linear', 4]
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
  readonly readout?: Partial<LinearReadoutSpec> | Partial<FirstSpikeReadoutSpec>;
}

const layerList: Check = (value) =>
  Array.isArray(value) && value.length > 0 ? right(value) : left('a list of at least one layer');

/** That the parts are there; each is checked by itself. */
const validateParts = (given: PartialNetworkSpec): Validated<Required<PartialNetworkSpec>> =>
  validatePart<Required<PartialNetworkSpec>>('network', { name: 'network', encoder: {}, layers: [], readout: {} }, given, {
    name: aText,
    encoder: right,
    layers: layerList,
    readout: right,
  });

const validateLayers = traverseWithIndex(Applicative)((index, layer: Partial<ConvLayerSpec>) =>
  validateConvLayerSpec(layer, index),
);

/**
 * The complete, checked network, or the first problem: `network.layers[0]: threshold must be a number > 0, got NaN`.
 *
 * @example
 * const spec = validateNetworkSpec({ name: 'tiny', layers: [{ maps: 0 }] });
 * spec._tag === 'Left' ? spec.left.message : 'good';   // => 'network.layers[0]: maps must be an integer in [1, 65536], got 0'
 */
export const validateNetworkSpec = (given: PartialNetworkSpec): Validated<NetworkSpec> =>
  pipe(
    Do,
    bind('parts', () => validateParts(given)),
    bind('encoder', ({ parts }) => validateEncoderSpec(parts.encoder)),
    bind('layers', ({ parts }) => validateLayers(parts.layers)),
    bind('readout', ({ parts }) => validateReadoutSpec(parts.readout)),
    map(({ parts: { name }, encoder, layers, readout }) => ({ name, encoder, layers, readout })),
  );
