import { addAt, at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { nothingMore } from '../../core/params/validation.js';
import { show, showShape } from '../../core/show.js';

/**
 * The colours in which the maps of a layer show what they respond to: a field for each output channel.
 *
 * - Two input channels (ON, OFF): ON − OFF, from blue (OFF) over white (0) to red (ON).
 * - Any other number: the mean over input channels, from black (the least) to white (the greatest).
 *
 * One scale serves all fields, so they can be compared. For deeper layers pass fields projected back to the two input
 * channels. Fields of constant value are in one colour.
 *
 * @param weights  values in the order of `shape`, finite.
 * @param shape    `[kh, kw, in, out]`, as a convolution's weights; a dense layer on images passes `[rows, columns, in, out]`.
 * @returns `[out, kh, kw, 4]`: red, green, blue and opacity of each weight, one field after the other, as a canvas takes them.
 * @throws {StdpError} when the shape has a size < 1 or doesn't agree with the number of values, or a value is no finite number.
 * @example
 * fieldColours([1, 0, 0, 1], [1, 1, 2, 2]);   // => [165, 15, 30, 255, 5, 70, 160, 255]
 * fieldColours([0, 1], [1, 2, 1, 1]);         // => [0, 0, 0, 255, 255, 255, 255, 255]
 */
export function fieldColours(weights: ArrayLike<number>, shape: readonly number[], ...more: readonly never[]): Uint8ClampedArray {
  nothingMore(more, 'fieldColours', 'fieldColours(weights, shape)');
  const { values, colour } = seenBy(weights, shape, 'fieldColours');
  const [kh = 1, kw = 1, , outputs = 1] = shape;
  const bytes = new Uint8Array(4 * values.length);
  values.forEach((value, index) => {
    const output = index % outputs;
    const place = output * kh * kw + Math.floor(index / outputs);
    bytes.set([...colour(value, output, index), 255], 4 * place);
  });
  return new Uint8ClampedArray(bytes.buffer);
}

/** What each field shows, `[kh, kw, out]`, and the colours of these values. */
export function seenBy(
  weights: ArrayLike<number>,
  shape: readonly number[],
  where: string,
): { readonly values: Float32Array; readonly colour: FieldColour } {
  ensure(
    isListOf(shape, (size) => Number.isSafeInteger(size) && Number(size) >= 1) && shape.length === 4,
    where,
    'shape',
    () => `must be [kh, kw, in, out] with sizes ≥ 1, got ${show(shape)}`,
  );
  const [kh = 0, kw = 0, inputs = 0, outputs = 0] = shape;
  ensureFinite(weights, where, 'weights');
  ensure(
    weights.length === kh * kw * inputs * outputs,
    where,
    'weights',
    () => `has ${weights.length} values, shape ${showShape(shape)} needs ${kh * kw * inputs * outputs}`,
  );
  const values = inputs === 2 ? onMinusOff(weights, outputs) : inputMeans(weights, inputs, outputs);
  return { values, colour: inputs === 2 ? diverging(values) : greys(values) };
}

/** Throws unless these are numbers in a list or typed array, all finite in float32. */
export function ensureFinite(values: unknown, where: string, argument: string): asserts values is ArrayLike<number> {
  const listed = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
  ensure(listed, where, argument, () => `must be a list of numbers, got ${show(values)}`);
  const numbers = values as ArrayLike<unknown>;
  for (let index = 0; index < numbers.length; index++) {
    const value = numbers[index];
    const finite = typeof value === 'number' && Number.isFinite(Math.fround(value));
    ensure(finite, where, argument, () => `must be finite numbers, got ${show(value)} at ${index}`);
  }
}

/** `[kh, kw, 2, out]` → `[kh, kw, out]`. */
const onMinusOff = (weights: ArrayLike<number>, outputs: number): Float32Array =>
  Float32Array.from({ length: weights.length / 2 }, (_, index) => {
    const on = index + Math.floor(index / outputs) * outputs;
    return at(weights, on) - at(weights, on + outputs);
  });

/** `[kh, kw, in, out]` → `[kh, kw, out]`. */
function inputMeans(weights: ArrayLike<number>, inputs: number, outputs: number): Float32Array {
  const means = new Float64Array(weights.length / inputs);
  for (let index = 0; index < weights.length; index++) {
    const place = Math.floor(index / (inputs * outputs)) * outputs + (index % outputs);
    addAt(means, place, at(weights, index) / inputs);
  }
  return Float32Array.from(means);
}

/** A colour, 0 … 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];
/** The colour of a value, in the field of an output; `index` is its place among the values. */
export type FieldColour = (value: number, output: number, index: number) => Rgb;

/** A colour on the way from one to another. */
export const mix = (from: Rgb, to: Rgb, part: number): Rgb => [
  from[0] + part * (to[0] - from[0]),
  from[1] + part * (to[1] - from[1]),
  from[2] + part * (to[2] - from[2]),
];

const BLUE: Rgb = [5, 70, 160];
const WHITE: Rgb = [247, 247, 247];
const RED: Rgb = [165, 15, 30];

function diverging(values: Float32Array): FieldColour {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return (value) => mix(WHITE, value < 0 ? BLUE : RED, Math.abs(value) / greatest);
}

function greys(values: Float32Array): FieldColour {
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const span = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY) - least || 1;
  return (value) => mix([0, 0, 0], [255, 255, 255], (value - least) / span);
}
