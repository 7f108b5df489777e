import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import { show, showShape } from '../../core/show.js';
import { drawFields, type Picture } from './drawFields.js';
import { ensureFinite, mix, type Rgb } from './fieldColours.js';

/**
 * Draws what the neurons of a dense layer on images respond to, grouped by the class that they stand for: from black (no
 * weight) to a colour for each class, grey for neurons without one, which come last. One scale serves all fields.
 *
 * @param weights  values in the order of `shape`, finite and ≥ 0.
 * @param shape    `[rows, columns, neurons]`.
 * @param labels   the class of each neuron, −1 for none.
 * @param classes  how many there are.
 * @throws {StdpError} when weights or labels don't agree with the shape.
 * @example
 * const weights = randomUniform(28 * 28 * 4, 1);
 * const { png, width } = drawLabelledFields(weights, [28, 28, 4], Int32Array.of(1, 0, -1, 1), 2);
 * await writeFile('digits.png', png);
 * width;   // => 2 * 56 + 2
 */
export function drawLabelledFields(
  weights: Float32Array,
  shape: readonly [rows: number, columns: number, neurons: number],
  labels: Int32Array,
  classes: number,
): Picture {
  const where = 'drawLabelledFields';
  ensure(
    isListOf(shape, (size) => Number.isSafeInteger(size) && Number(size) >= 1) && shape.length === 3,
    where,
    'shape',
    () => `must be [rows, columns, neurons] with sizes ≥ 1, got ${show(shape)}`,
  );
  const [rows, columns, neurons] = shape;
  ensure(weights instanceof Float32Array, where, 'weights', () => `must be a Float32Array, got ${show(weights)}`);
  ensureFinite(weights, where, 'weights');
  ensureIs(integerFrom(0), classes, where, 'classes');
  ensure(labels instanceof Int32Array, where, 'labels', () => `must be an Int32Array, got ${show(labels)}`);
  const outside = labels.find((label) => label < -1 || label >= classes);
  ensure(outside === undefined, where, 'labels', () => `holds ${outside}, there are ${classes} classes`);
  ensure(
    weights.length === rows * columns * neurons,
    where,
    'weights',
    () => `has ${weights.length} values, shape ${showShape([...shape])} needs ${rows * columns * neurons}`,
  );
  ensure(labels.length === neurons, where, 'labels', () => `has ${labels.length} entries for ${neurons} neurons`);
  const order = groups(labels);
  const grouped = weights.map((_, index) => {
    const pixel = Math.floor(index / neurons);
    return at(weights, pixel * neurons + at(order, index % neurons));
  });
  const most = weights.reduce((greatest, value) => Math.max(greatest, value), 0) || 1;
  const colours = order.map((neuron) => colourOf(labels[neuron] ?? -1, classes));
  return drawFields(grouped, rows, columns, neurons, (value, field) => mix(black, colours[field] ?? grey, value / most));
}

/** The neurons class by class, those without one last. */
export function groups(labels: Int32Array): readonly number[] {
  const rank = (neuron: number): number => (labels[neuron] ?? -1) >>> 0;
  return Array.from(labels, (_, neuron) => neuron).sort((a, b) => rank(a) - rank(b) || a - b);
}

const black: Rgb = [0, 0, 0];
const grey: Rgb = [150, 150, 150];

/** Hues evenly around the circle. */
function colourOf(label: number, classes: number): Rgb {
  if (label < 0) return grey;
  const part = (shift: number): number => {
    const distance = Math.abs((((6 * label) / classes + shift) % 6) - 3);
    return 255 * (0.3 + 0.7 * Math.min(1, Math.max(0, distance - 1)));
  };
  return [part(0), part(4), part(2)];
}
