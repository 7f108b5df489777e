import { at } from '../../core/at.js';
import { type EncoderColour, luminance } from '../../networks/latency/spec/encoderColours.js';
import { drawFields, type Picture } from './drawFields.js';
import type { Rgb } from './fieldColours.js';

/** Red, green and blue whose planes are these: what turns {@link luminance} and opponents, or channels, back. */
const shades: { readonly [colour in Exclude<EncoderColour, 'grey'>]: (planes: Rgb) => Rgb } = {
  channels: (planes) => planes,
  opponent: ([light, redGreen, blueYellow]) => {
    const [, green, blue] = luminance;
    const red = light + (green + blue / 2) * redGreen - blue * blueYellow;
    return [red, red - redGreen, red - redGreen / 2 + blueYellow];
  },
};

/**
 * Draws what the maps of a layer on ON and OFF of three planes respond to, in the colours that they come from: grey where ON and OFF
 * weigh the same. One scale serves all fields.
 *
 * @param shape  `[kh, kw, 6, out]`.
 */
export function drawOnOffFields(weights: ArrayLike<number>, shape: readonly number[], colour: keyof typeof shades): Picture {
  const [kh = 1, kw = 1, , outputs = 1] = shape;
  const weightOf = (place: number, input: number, output: number): number => at(weights, (place * 6 + input) * outputs + output);
  const seen = Array.from({ length: kh * kw * outputs }, (_, index) => {
    const [place, output] = [Math.floor(index / outputs), index % outputs];
    const plane = (number: number) => weightOf(place, 2 * number, output) - weightOf(place, 2 * number + 1, output);
    return shades[colour]([plane(0), plane(1), plane(2)]);
  });
  const most = seen.reduce((greatest, rgb) => Math.max(greatest, ...rgb.map(Math.abs)), 0) || 1;
  return drawRgb(kh, kw, outputs, (index) => scaled(at(seen, index), (value) => 127.5 * (1 + value / most)));
}

/**
 * Draws the fields of a dense layer on red, green and blue, in these colours, from black (no weight). One scale serves all fields.
 *
 * @param order  which neuron comes first, second, ….
 */
export function drawRgbFields(
  weights: Float32Array,
  [rows, columns, neurons]: readonly [rows: number, columns: number, neurons: number],
  order: readonly number[],
): Picture {
  const most = weights.reduce((greatest, value) => Math.max(greatest, value), 0) || 1;
  const weightOf = (index: number, channel: number): number =>
    at(weights, (Math.floor(index / neurons) * 3 + channel) * neurons + at(order, index % neurons));
  return drawRgb(rows, columns, neurons, (index) =>
    scaled([weightOf(index, 0), weightOf(index, 1), weightOf(index, 2)], (value) => (255 * value) / most),
  );
}

const drawRgb = (rows: number, columns: number, outputs: number, colour: (index: number) => Rgb): Picture =>
  drawFields(new Float32Array(rows * columns * outputs), rows, columns, outputs, (_value, _output, index) => colour(index));

const scaled = ([red, green, blue]: Rgb, scale: (value: number) => number): Rgb => [scale(red), scale(green), scale(blue)];
