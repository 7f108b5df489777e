import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { drawRgbFields } from '../../src/io/fields/colouredFields.js';
import { layout, type Picture } from '../../src/io/fields/drawFields.js';
import { drawLabelledFields } from '../../src/io/fields/labelledFields.js';
import { encodePng } from '../../src/io/fields/png.js';
import { drawReceptiveFields } from '../../src/io/fields/receptiveFields.js';

const BLUE = [5, 70, 160, 255];
const WHITE = [247, 247, 247, 255];
const RED = [165, 15, 30, 255];
const CLEAR = [0, 0, 0, 0];
const grey = (value: number) => [value, value, value, 255];

function pixelOf({ width, height, png }: Picture): (x: number, y: number) => readonly number[] {
  const decoded = PNG.sync.read(png);
  expect([decoded.width, decoded.height]).toEqual([width, height]);
  return (x, y) => [...decoded.data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

describe('encodePng', () => {
  it('keeps grey values', () => {
    const { width, height, data } = PNG.sync.read(encodePng(3, 2, Uint8Array.of(0, 50, 100, 150, 200, 255)));
    expect([width, height]).toEqual([3, 2]);
    expect([...data]).toEqual([0, 50, 100, 150, 200, 255].flatMap(grey));
  });

  it('keeps colours and opacity', () => {
    const rgba = Uint8Array.of(1, 2, 3, 255, 40, 50, 60, 70);
    expect([...PNG.sync.read(encodePng(1, 2, rgba)).data]).toEqual([...rgba]);
  });

  it('refuses sizes and bytes that disagree', () => {
    expect(() => encodePng(2, 2, new Uint8Array(5))).toThrow('encodePng: pixels has 5 bytes, 2 × 2 needs 4 (grey) or 16 (rgba)');
    expect(() => encodePng(0, 2, new Uint8Array(0))).toThrow('encodePng: width must be an integer ≥ 1, got 0');
    expect(() => encodePng(2, 1.5, new Uint8Array(3))).toThrow('encodePng: height must be an integer ≥ 1, got 1.5');
  });
});

describe('coloured fields', () => {
  /** A field of one place: what it weighs ON and OFF of each of three planes. */
  const colourOf = (weights: readonly number[], colour: 'opponent' | 'channels') =>
    pixelOf(drawReceptiveFields(weights, [1, 1, 6, 1], colour))(0, 0);

  it('are in the colours that planes come from, grey where ON and OFF weigh the same', () => {
    expect(colourOf([1, 0, 0, 0, 0, 1], 'channels')).toEqual([255, 127, 0, 255]);
    expect(colourOf([0.5, 0.5, 1, 1, 0, 0], 'channels')).toEqual(grey(127));
    expect(colourOf([1, 0, 0, 0, 0, 0], 'opponent')).toEqual(grey(255));
    // The planes of red: luminance 77/256, red − green 1, blue − yellow −1/2.
    expect(colourOf([77 / 256, 0, 1, 0, 0, 0.5], 'opponent')).toEqual([255, 127, 127, 255]);
    expect(colourOf([29 / 256, 0, 0, 0, 1, 0], 'opponent')).toEqual([127, 127, 255, 255]);
  });

  it('need six inputs', () => {
    expect(() => drawReceptiveFields([0, 1], [1, 1, 2, 1], 'opponent')).toThrow(
      'drawReceptiveFields: shape must be [kh, kw, 6, out] for colours, got [1, 1, 2, 1]',
    );
  });

  it('lie beside each other as maps and neurons do', () => {
    // [rows, columns, 3, neurons] = [1, 1, 3, 2]; the second neuron comes first.
    const pixel = pixelOf(drawRgbFields(Float32Array.of(1, 0, 0, 0.5, 0, 0), [1, 1, 2], [1, 0]));
    expect([pixel(0, 0), pixel(50, 0)]).toEqual([
      [0, 127, 0, 255],
      [255, 0, 0, 255],
    ]);
  });
});

describe('drawReceptiveFields', () => {
  // [kh, kw, in, out] = [1, 2, 2, 2]: field 0 is ON at the left, field 1 OFF at the right.
  const onAndOff = drawReceptiveFields([1, 0.5, 0, 0.5, 0.5, 0, 0.5, 1], [1, 2, 2, 2]);

  it('shows ON minus OFF from blue over white to red, field after field', () => {
    const pixel = pixelOf(onAndOff);
    expect([onAndOff.width, onAndOff.height]).toEqual([2 * 48 + 2, 24]);
    expect([pixel(0, 0), pixel(23, 23), pixel(24, 0), pixel(47, 23)]).toEqual([RED, RED, WHITE, WHITE]);
    expect([pixel(48, 0), pixel(49, 12)]).toEqual([CLEAR, CLEAR]);
    expect([pixel(50, 0), pixel(73, 23), pixel(74, 0), pixel(97, 23)]).toEqual([WHITE, WHITE, BLUE, BLUE]);
  });

  it('scales by the greatest difference of all fields', () => {
    const pixel = pixelOf(drawReceptiveFields([4, 1, 2, 2], [1, 1, 2, 2])); // ON − OFF = 2 and −1
    expect(pixel(0, 0)).toEqual(RED);
    expect(pixel(50, 0)).toEqual([126, 158, 203, 255]); // half way from white to blue, truncated
  });

  it('shows the mean of any other number of channels from black to white', () => {
    // three inputs, two rows, one output: means 2, 1; then one input, one row, three outputs
    const means = pixelOf(drawReceptiveFields([1, 2, 3, 0, 0, 3], [2, 1, 3, 1]));
    expect([means(0, 0), means(0, 47)]).toEqual([grey(255), grey(0)]);
    const fields = drawReceptiveFields([0, 0.25, 1], [1, 1, 1, 3]);
    const pixel = pixelOf(fields);
    expect([fields.width, fields.height]).toEqual([98, 98]);
    expect([pixel(0, 0), pixel(50, 0), pixel(0, 50)]).toEqual([grey(0), grey(63), grey(255)]);
    expect(pixel(50, 50)).toEqual(CLEAR); // no fourth field
  });

  it('draws constant fields in one colour', () => {
    expect(pixelOf(drawReceptiveFields(new Float32Array(8).fill(0.8), [2, 2, 2, 1]))(40, 40)).toEqual(WHITE);
    expect(pixelOf(drawReceptiveFields(new Float32Array(4).fill(0.8), [2, 2, 1, 1]))(40, 40)).toEqual(grey(0));
  });

  it('draws large fields pixel by pixel', () => {
    expect(drawReceptiveFields(new Float32Array(100 * 90 * 2), [100, 90, 1, 2])).toMatchObject({ width: 182, height: 100 });
  });

  it('refuses wrong shapes', () => {
    expect(() => drawReceptiveFields([1], [1, 1, 1])).toThrow(
      'drawReceptiveFields: shape must be [kh, kw, in, out] with sizes ≥ 1, got [1, 1, 1]',
    );
    expect(() => drawReceptiveFields([], [0, 1, 1, 1])).toThrow('got [0, 1, 1, 1]');
    expect(() => drawReceptiveFields([1, 2], [1, 1, 2, 2])).toThrow(
      'drawReceptiveFields: weights has 2 values, shape [1, 1, 2, 2] needs 4',
    );
  });
});

describe('drawLabelledFields', () => {
  // Four fields of one pixel: of class 1, of none, and two of class 0.
  const weights = Float32Array.of(1, 0.5, 1, 0);
  const labels = Int32Array.of(1, -1, 0, 0);
  const picture = drawLabelledFields(weights, [1, 1, 4], labels, 2);

  it('groups fields by class, each class in a colour of its own, those without one grey and last', () => {
    const pixel = pixelOf(picture);
    expect([picture.width, picture.height]).toEqual([98, 98]);
    const [first, second, third, fourth] = [pixel(0, 0), pixel(50, 0), pixel(0, 50), pixel(50, 50)];
    expect(second).toEqual(grey(0)); // the weight is 0
    expect(fourth).toEqual(grey(75)); // half of the greatest weight
    expect(first).toEqual([255, 76, 76, 255]);
    expect(third).toEqual([76, 255, 255, 255]);
  });

  it('refuses what does not agree', () => {
    expect(() => drawLabelledFields(weights, [1, 2, 4], labels, 2)).toThrow('weights has 4 values, shape [1, 2, 4] needs 8');
    expect(() => drawLabelledFields(weights, [1, 1, 4], Int32Array.of(0), 2)).toThrow('labels has 1 entries for 4 neurons');
  });
});

describe('pictures of many fields', () => {
  it('stay within 2²³ pixels: smaller first, then fewer', () => {
    expect(layout(28, 28, 400)).toEqual({ scale: 2, shown: 400 });
    expect(layout(28, 28, 4000)).toEqual({ scale: 1, shown: 4000 });
    expect(layout(28, 28, 60_000)).toEqual({ scale: 1, shown: 96 ** 2 });
    expect(layout(5000, 5000, 2)).toEqual({ scale: 1, shown: 1 });
    const { width, height } = drawReceptiveFields(new Float32Array(2 * 1000 * 1000), [1000, 1000, 1, 2]);
    expect([width, height]).toEqual([2 * 1002 - 2, 1000]);
    const few = drawReceptiveFields(new Float32Array(2 * 1500 * 1500), [1500, 1500, 1, 2]);
    expect([few.width, few.height]).toEqual([1500, 1500]);
  });

  it('refuses labels of classes that there are not, and weights that are no numbers', () => {
    const draw = (label: number, weight: number) =>
      drawLabelledFields(Float32Array.of(weight), [1, 1, 1], Int32Array.of(label), 2);
    expect(() => draw(2, 0)).toThrow('drawLabelledFields: labels holds 2, there are 2 classes');
    expect(() => draw(1, Number.NaN)).toThrow('drawLabelledFields: weights must be finite numbers, got NaN at 0');
    expect(() => drawReceptiveFields([Number.POSITIVE_INFINITY], [1, 1, 1, 1])).toThrow('must be finite numbers');
  });
});
