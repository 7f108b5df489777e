import { ensure } from '../../core/errors.js';
import { ensureIs, nothingMore, oneOf } from '../../core/params/validation.js';
import { showShape } from '../../core/show.js';
import type { EncoderSpec } from '../../networks/latency/spec/encoderSpec.js';
import { drawOnOffFields } from './colouredFields.js';
import { drawFields, type Picture } from './drawFields.js';
import { seenBy } from './fieldColours.js';

/**
 * Draws what the maps of a layer respond to: a field for each output channel, in rows of a nearly square table, in the
 * colours of {@link fieldColours}. Every weight becomes a square; the space between fields is clear, so that the picture
 * suits light and dark pages. Of more fields than fit in 2²³ pixels, those that come first are drawn.
 *
 * @param weights  values in the order of `shape`, finite.
 * @param shape    `[kh, kw, in, out]`, as a convolution's weights; a dense layer on images passes `[rows, columns, in, out]`.
 * @param colour   what the encoder saw of colours, of fields on ON and OFF of three planes (`in` is 6): `'opponent'` and `'channels'` draw each place
 *   in the colour that it comes from, grey where ON and OFF weigh the same. Default `'grey'`.
 * @throws {StdpError} when the shape has a size < 1, doesn't agree with the number of values, or isn't of six inputs for a colour.
 * @example
 * const { png, width, height } = drawReceptiveFields(randomUniform(5 * 5 * 2 * 4, 1), [5, 5, 2, 4]);
 * await writeFile('fields.png', png);
 * [width, height];   // => [102, 102]
 * drawReceptiveFields(randomUniform(5 * 5 * 6 * 4, 1), [5, 5, 6, 4], 'opponent').width;   // => 102
 */
export function drawReceptiveFields(
  weights: ArrayLike<number>,
  shape: readonly number[],
  colour: EncoderSpec['colour'] = 'grey',
  ...more: readonly never[]
): Picture {
  const where = 'drawReceptiveFields';
  nothingMore(more, where, 'drawReceptiveFields(weights, shape, colour)');
  ensureIs(oneOf('grey', 'opponent', 'channels'), colour, where, 'colour');
  const seen = seenBy(weights, shape, where);
  const [kh = 1, kw = 1, inputs, outputs = 1] = shape;
  if (colour === 'grey') return drawFields(seen.values, kh, kw, outputs, seen.colour);
  ensure(inputs === 6, where, 'shape', () => `must be [kh, kw, 6, out] for colours, got ${showShape(shape)}`);
  return drawOnOffFields(weights, shape, colour);
}
