import { ensure } from '../core/errors.js';
import { showShape } from '../core/tensors.js';
import { encodePng } from './png.js';

/** A PNG file and its size in pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly png: Buffer;
}

/** Pixels left clear between two fields. */
const GAP = 2;
/** The longer side of a field is drawn at least about this many pixels long. */
const FIELD_SIDE = 48;

/**
 * Draws what the maps of a layer respond to: a field for each output channel, in rows of a nearly square table. Every
 * weight becomes a square; the space between fields is clear, so that the picture suits light and dark pages.
 *
 * - Two input channels (ON, OFF): ON − OFF, from blue (OFF) over white (0) to red (ON).
 * - Any other number: the mean over input channels, from black (the least) to white (the greatest).
 *
 * One scale serves all fields, so they can be compared. For deeper layers pass fields projected back to the two input
 * channels. Fields of constant value are drawn in one colour.
 *
 * @param weights  values in the order of `shape`, finite.
 * @param shape    `[kh, kw, in, out]`, as a convolution's weights; a dense layer on images passes `[rows, columns, in, out]`.
 * @throws {StdpError} when the shape has a size < 1 or doesn't agree with the number of values.
 * @example
 * const { png, width, height } = drawReceptiveFields(randomUniform(5 * 5 * 2 * 4, 1), [5, 5, 2, 4]);
 * await writeFile('fields.png', png);
 * [width, height];   // => [102, 102]
 */
export function drawReceptiveFields(weights: ArrayLike<number>, shape: readonly number[]): Picture {
  const where = 'drawReceptiveFields';
  const [kh = 0, kw = 0, inputs = 0, outputs = 0] = shape;
  ensure(
    shape.length === 4 && shape.every((size) => Number.isInteger(size) && size >= 1),
    where,
    'shape',
    () => `must be [kh, kw, in, out] with sizes ≥ 1, got ${showShape(shape)}`,
  );
  ensure(
    weights.length === kh * kw * inputs * outputs,
    where,
    'weights',
    () => `has ${weights.length} values, shape ${showShape(shape)} needs ${kh * kw * inputs * outputs}`,
  );
  const seen = inputs === 2 ? onMinusOff(weights, outputs) : inputMeans(weights, inputs, outputs);
  return drawFields(seen, kh, kw, outputs, inputs === 2 ? diverging(seen) : greys(seen));
}

/** `[kh, kw, 2, out]` → `[kh, kw, out]`. */
const onMinusOff = (weights: ArrayLike<number>, outputs: number): Float32Array =>
  Float32Array.from({ length: weights.length / 2 }, (_, index) => {
    const on = index + Math.floor(index / outputs) * outputs;
    return (weights[on] ?? 0) - (weights[on + outputs] ?? 0);
  });

/** `[kh, kw, in, out]` → `[kh, kw, out]`. */
function inputMeans(weights: ArrayLike<number>, inputs: number, outputs: number): Float32Array {
  const means = new Float32Array(weights.length / inputs);
  for (let index = 0; index < weights.length; index++) {
    const place = Math.floor(index / (inputs * outputs)) * outputs + (index % outputs);
    means[place] = (means[place] ?? 0) + (weights[index] ?? 0) / inputs;
  }
  return means;
}

/** A colour, 0 … 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];
type Colour = (value: number, field: number) => Rgb;

/** A colour on the way from one to another. */
export const mix = (from: Rgb, to: Rgb, part: number): Rgb => [
  from[0] + part * (to[0] - from[0]),
  from[1] + part * (to[1] - from[1]),
  from[2] + part * (to[2] - from[2]),
];

const BLUE: Rgb = [5, 70, 160];
const WHITE: Rgb = [247, 247, 247];
const RED: Rgb = [165, 15, 30];

function diverging(values: Float32Array): Colour {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return (value) => mix(WHITE, value < 0 ? BLUE : RED, Math.abs(value) / greatest);
}

function greys(values: Float32Array): Colour {
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const span = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY) - least || 1;
  return (value) => mix([0, 0, 0], [255, 255, 255], (value - least) / span);
}

/** Fields `[kh, kw, out]` side by side in rows of a nearly square table, each weight a square. */
export function drawFields(values: Float32Array, kh: number, kw: number, outputs: number, colour: Colour): Picture {
  const scale = Math.max(1, Math.round(FIELD_SIDE / Math.max(kh, kw)));
  const columns = Math.ceil(Math.sqrt(outputs));
  const [stepX, stepY] = [kw * scale + GAP, kh * scale + GAP];
  const width = columns * stepX - GAP;
  const height = Math.ceil(outputs / columns) * stepY - GAP;
  const rgba = new Uint8Array(4 * width * height);
  values.forEach((value, index) => {
    const output = index % outputs;
    const place = Math.floor(index / outputs);
    const left = (output % columns) * stepX + (place % kw) * scale;
    const top = Math.floor(output / columns) * stepY + Math.floor(place / kw) * scale;
    fillSquare(rgba, width, left, top, scale, colour(value, output));
  });
  return { width, height, png: encodePng(width, height, rgba) };
}

function fillSquare(rgba: Uint8Array, width: number, left: number, top: number, side: number, [red, green, blue]: Rgb): void {
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) rgba.set([red, green, blue, 255], 4 * (y * width + x));
  }
}
