import { chainFirst, left, right, tryCatch } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { StdpError, type Validated } from '../../../core/errors.js';
import { frozen } from '../../../core/frozen.js';
import { type Check, integerFrom, nonNegativeScalar, oneOf, positiveScalar } from '../../../core/params/validation.js';
import { messageOf } from '../../../core/show.js';
import { dogValues } from '../../../encoders/filters.js';
import { validatePart } from '../../validatePart.js';

/**
 * From pixels to spike times: contrast in both polarities, then rank order. Two maps for each plane of the image: ON centres, OFF
 * centres.
 */
export interface EncoderSpec {
  /**
   * `'pixels'`; `'latencies'` of events, which are taken as they are: then `bins` alone is looked at; or `'features'` of a table, which
   * have no place: all of them are inputs of one place, `fields` each, and `fields` and `bins` alone are looked at. Default `'pixels'`.
   */
  readonly input: 'pixels' | 'latencies' | 'features';
  /**
   * The planes: `'grey'`, the luminance, of grey and of coloured images; of coloured ones alone `'opponent'`, luminance, red − green
   * and blue − yellow, or `'channels'`, red, green and blue. Default `'grey'`.
   */
  readonly colour: 'grey' | 'opponent' | 'channels';
  /** Side of the difference-of-Gaussians kernels, pixels, odd. Default 7. */
  readonly size: number;
  /** Standard deviation of the narrow Gaussian, pixels. Default 1. */
  readonly sigmaCentre: number;
  /** Standard deviation of the wide Gaussian, pixels. Default 2. */
  readonly sigmaSurround: number;
  /** Responses to pixels of 0–255 below this are silent. Default 50. */
  readonly cutoff: number;
  /** Responses are divided by their mean in a square of this radius, pixels. Default 8. */
  readonly normalizationRadius: number;
  /**
   * Of `'features'`: Gaussian fields that cover the values of each, each a map; the nearer a value to the centre of one, the earlier
   * its spike: at step ⌊(1 − aₘ) · bins⌋, aₘ = exp(−½ ((v/255 − m/(M − 1)) · 1.5 (M − 1))²), none where aₘ < 0.1. Default 8.
   */
  readonly fields: number;
  /** Time steps; the strongest responses fire first, equally many in each; at most 255. Default 15. */
  readonly bins: number;
}

/** The defaults of {@link EncoderSpec}. */
export const encoderDefaults: EncoderSpec = frozen({
  input: 'pixels',
  colour: 'grey',
  size: 7,
  sigmaCentre: 1,
  sigmaSurround: 2,
  cutoff: 50,
  normalizationRadius: 8,
  fields: 8,
  bins: 15,
});

/** Pixels along an image, or along what moves over it, at most. */
export const mostPixels: number = 2 ** 12;

/** Side of a kernel, at most. */
const mostTaps = 255;

const oddSide: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 3 && Number(value) <= mostTaps && Number(value) % 2 === 1
    ? right(value)
    : left(`an odd integer from 3 to ${mostTaps}`);

/** A time is kept in a byte. */
const bins: Check = (value) =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 256 ? right(value) : left('an integer from 1 to 255');

/** The complete, checked encoder, or the first problem; `name` is what that calls it. */
export const validateEncoderSpec = (
  given?: Partial<EncoderSpec>,
  name = 'network.encoder',
  defaults = encoderDefaults,
): Validated<EncoderSpec> =>
  pipe(
    validatePart(name, defaults, given, {
      input: oneOf('pixels', 'latencies', 'features'),
      colour: oneOf('grey', 'opponent', 'channels'),
      size: oddSide,
      sigmaCentre: positiveScalar,
      sigmaSurround: positiveScalar,
      cutoff: nonNegativeScalar,
      normalizationRadius: integerFrom(0, mostPixels),
      fields: integerFrom(2, 255),
      bins,
    }),
    chainFirst((encoder) =>
      tryCatch(
        () => checkFilters(encoder),
        (reason) => new StdpError(name, 'sigmaSurround', `can't be told from sigmaCentre: ${messageOf(reason)}`),
      ),
    ),
  );

/** The encoders of one network. */
export type Encoders = readonly [EncoderSpec, ...EncoderSpec[]];

/** What all encoders of a network share, as they see the same images in the same steps. */
export const sharedByEncoders = ['input', 'colour', 'fields', 'bins'] as const;

/** In which field that all share an encoder differs from the first. */
export const differs = (encoder: EncoderSpec, first: EncoderSpec): (typeof sharedByEncoders)[number] | undefined =>
  sharedByEncoders.find((field) => encoder[field] !== first[field]);

/** What the kernels of an encoder depend on. */
type Filters = Pick<EncoderSpec, 'size' | 'sigmaCentre' | 'sigmaSurround'>;

/** The last encoder whose kernels could be told: a sweep checks the same one a hundred thousand times. */
let told = '';

function checkFilters({ size, sigmaCentre, sigmaSurround }: Filters): void {
  const key = `${size} ${sigmaCentre} ${sigmaSurround}`;
  if (key !== told) encodingFilters({ size, sigmaCentre, sigmaSurround });
  told = key;
}

/** The kernels of an encoder: ON centres, OFF centres. */
export const encodingFilters = ({ size, sigmaCentre, sigmaSurround }: Filters): Float32Array =>
  Float32Array.from([...dogValues(size, sigmaCentre, sigmaSurround), ...dogValues(size, sigmaSurround, sigmaCentre)]);
