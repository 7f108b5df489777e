import { Applicative, bind, chainFirst, Do, left, map, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { traverseWithIndex } from 'fp-ts/lib/ReadonlyArray.js';
import { refuse, type Validated } from '../../../core/errors.js';
import { aText, type Check } from '../../../core/params/validation.js';
import { show } from '../../../core/show.js';
import { validatePart } from '../../validatePart.js';
import { type ConvLayerSpec, validateConvLayerSpec } from './convLayerSpec.js';
import { differs, type EncoderSpec, encoderDefaults, sharedByEncoders, validateEncoderSpec } from './encoderSpec.js';
import { type PartialReadoutSpec, type ReadoutSpec, validateReadoutSpec } from './readoutSpec.js';

export { type ConvLayerSpec, convLayerDefaults, type ThresholdSpec } from './convLayerSpec.js';
export { type EncoderSpec, encoderDefaults } from './encoderSpec.js';
export {
  type FirstSpikeReadoutSpec,
  firstSpikeReadoutDefaults,
  type LinearReadoutSpec,
  type PartialReadoutSpec,
  type ReadoutSpec,
  readoutDefaults,
  type VoteReadoutSpec,
  voteReadoutDefaults,
} from './readoutSpec.js';

/** A way from the image to the read-out: encode → (convolve → compete → learn → pool)…. */
export interface BranchSpec {
  readonly encoder: EncoderSpec;
  readonly layers: readonly ConvLayerSpec[];
}

/**
 * A network as plain data: encode → (convolve → compete → learn → pool)… → read out.
 *
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 16 }], readout: { source: 'spikes' } }));
 * [spec.layers.length, spec.readout.type, spec.readout.grid];   // => [1, 'linear', 4]
 */
export interface NetworkSpec extends BranchSpec {
  readonly name: string;
  /**
   * Further encoders with layers of their own, such as finer edges and smaller kernels: the read-out sees the last layers of all. What
   * all encoders share is told once: `input`, `colour`, `fields` and `bins` are those of `encoder`. Default: none.
   */
  readonly beside?: readonly BranchSpec[];
  readonly readout: ReadoutSpec;
}

/** A {@link BranchSpec} whose fields may be left to their defaults. */
export interface PartialBranchSpec {
  readonly encoder?: Partial<EncoderSpec>;
  readonly layers: readonly Partial<ConvLayerSpec>[];
}

/** A {@link NetworkSpec} whose fields may be left to their defaults. */
export interface PartialNetworkSpec extends PartialBranchSpec {
  readonly name: string;
  readonly beside?: readonly PartialBranchSpec[];
  readonly readout?: PartialReadoutSpec;
}

const layerList: Check = (value) =>
  Array.isArray(value) && value.length > 0 ? right(value) : left('a list of at least one layer');

const branchList: Check = (value) => (Array.isArray(value) ? right(value) : left('a list of { encoder, layers }'));

/** That the parts are there; each is checked by itself. */
const validateParts = (given: PartialNetworkSpec): Validated<Required<PartialNetworkSpec>> =>
  validatePart<Required<PartialNetworkSpec>>(
    'network',
    { name: 'network', encoder: {}, layers: [], beside: [], readout: {} },
    given,
    { name: aText, encoder: right, layers: layerList, beside: branchList, readout: right },
  );

const validateLayers = (layers: readonly Partial<ConvLayerSpec>[], name: string): Validated<readonly ConvLayerSpec[]> =>
  traverseWithIndex(Applicative)((index, layer: Partial<ConvLayerSpec>) =>
    validateConvLayerSpec(layer, `${name}.layers[${index}]`),
  )(layers);

const validateBranch = (given: PartialBranchSpec, first: EncoderSpec, name: string): Validated<BranchSpec> =>
  pipe(
    Do,
    bind('parts', () =>
      validatePart<Required<PartialBranchSpec>>(name, { encoder: {}, layers: [] }, given, { encoder: right, layers: layerList }),
    ),
    bind('encoder', ({ parts }) =>
      validateEncoderSpec(parts.encoder, `${name}.encoder`, { ...encoderDefaults, ...sharedOf(first) }),
    ),
    chainFirst(({ encoder }) => {
      const field = differs(encoder, first);
      if (field === undefined) return right(encoder);
      const problem = `must be that of network.encoder, ${show(first[field])}, got ${show(encoder[field])}`;
      return refuse(`${name}.encoder`, field, problem);
    }),
    bind('layers', ({ parts }) => validateLayers(parts.layers, name)),
    map(({ encoder, layers }) => ({ encoder, layers })),
  );

const sharedOf = (encoder: EncoderSpec): Partial<EncoderSpec> =>
  Object.fromEntries(sharedByEncoders.map((field) => [field, encoder[field]]));

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
    bind('layers', ({ parts }) => validateLayers(parts.layers, 'network')),
    bind('beside', ({ parts, encoder }) =>
      traverseWithIndex(Applicative)((index, branch: PartialBranchSpec) =>
        validateBranch(branch, encoder, `network.beside[${index}]`),
      )(parts.beside),
    ),
    bind('readout', ({ parts }) => validateReadoutSpec(parts.readout)),
    map(({ parts: { name }, encoder, layers, beside, readout }) => ({
      ...{ name, encoder, layers },
      ...(beside.length > 0 && { beside }),
      readout,
    })),
  );
