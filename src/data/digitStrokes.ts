import { floatAt } from '../core/at.js';

/** A stroke of the pen as a polyline: x0, y0, x1, y1, … */
export type Stroke = Float32Array;

/** One way to write a digit: strokes in a box 7 wide and 10 high, y downwards. */
export type Glyph = readonly Stroke[];

/** Points written as in SVG, `'x,y x,y …'`. */
const points = (text: string): Float32Array => Float32Array.from(text.split(/[ ,]/), Number);

/** Pieces between two given points: what is bent by a distortion needs inner points, straight lines too. */
const PIECES = 4;

/** `PIECES` points from each given point to the next, by `between(axis, span, t)`. */
const stroke = (spans: number, between: (axis: number, span: number, t: number) => number): Stroke =>
  Float32Array.from({ length: 2 * (spans * PIECES + 1) }, (_, entry) => {
    const step = Math.floor(entry / 2);
    const span = Math.min(Math.floor(step / PIECES), spans - 1);
    return between(entry % 2, span, step / PIECES - span);
  });

/** Straight lines from point to point. */
function line(text: string): Stroke {
  const through = points(text);
  const point = (index: number, axis: number): number => floatAt(through, 2 * index + axis);
  return stroke(through.length / 2 - 1, (axis, span, t) => (1 - t) * point(span, axis) + t * point(span + 1, axis));
}

/** A Catmull–Rom curve through the points; closed when the last point is the first one again. */
function curve(text: string): Stroke {
  const through = points(text);
  const point = (index: number, axis: number): number => floatAt(through, 2 * index + axis);
  const last = through.length / 2 - 1;
  const closed = point(0, 0) === point(last, 0) && point(0, 1) === point(last, 1);
  const before = (index: number): number => (index > 0 ? index - 1 : closed ? last - 1 : 0);
  const after = (index: number): number => (index < last ? index + 1 : closed ? 1 : last);
  return stroke(last, (axis, span, t) =>
    catmullRom(point(before(span), axis), point(span, axis), point(span + 1, axis), point(after(span + 1), axis), t),
  );
}

const catmullRom = (a: number, b: number, c: number, d: number, t: number): number =>
  b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

const loopOfNine = '5.4,2.4 4.4,0.4 2.7,0 1,1.4 1.1,3.7 2.7,4.9 4.6,4.2 5.4,2.4';

/** The ways in which people write each digit: `glyphs[digit]` lists its variants. */
export const glyphs: readonly (readonly Glyph[])[] = [
  [
    [curve('3.5,0 1.8,0.7 0.8,3 0.8,7 1.8,9.3 3.5,10 5.2,9.3 6.2,7 6.2,3 5.2,0.7 3.5,0')],
    [curve('4.4,0.3 2.1,0.9 0.9,4.4 1.2,8.2 3.1,10 5.3,8.8 6.3,5.2 5.6,1.7 3.4,0.2')],
    [curve('4.6,0 2.2,1.7 0.9,4.7 0.8,8 2,9.9 3.6,9.4 5.4,6.6 6.3,3.5 5.8,0.9 4.6,0')],
  ],
  [
    [line('3.5,0 3.5,10')],
    [line('4.9,0 2.3,10')],
    [line('1.7,2.4 3.8,0 3.7,10')],
    [line('1.7,2.4 3.7,0 3.7,10'), line('1.3,10 6,10')],
  ],
  [
    [curve('0.9,2.3 1.8,0.6 3.7,0 5.6,0.9 5.8,3 4.2,5.9 2.2,8.2 0.7,10'), line('0.7,10 6.4,9.9')],
    [curve('0.9,2 2.2,0.3 4.3,0.1 5.6,1.6 5.1,4.2 3.2,7.5 1.5,9.5 0.5,8.9 1.4,7.9 3.2,8.8 5,9.9 6.7,9.3')],
    [curve('1.3,0.9 3.4,0 5,0.9 5,3.2 3.7,6.4 1.4,9.6'), curve('1.4,9.6 3.4,9.2 6.4,9.6')],
  ],
  [
    [curve('1,1.4 2.4,0.2 4.3,0.2 5.5,1.6 5,3.7 2.9,4.7'), curve('2.9,4.7 5.2,5.4 6,7.3 5,9.3 3,10 1.2,9.5 0.6,8.5')],
    [line('1,0.3 5.7,0.3 3,4.2'), curve('3,4.2 5.2,4.9 6,7 5,9.2 3,10 0.8,9.1')],
    [curve('1.3,0.7 3.4,0 5.2,1.2 4.6,3.4 2.6,4.8 3.2,5 5,5 6.1,6.8 5,9 2.8,10 0.7,9.6')],
  ],
  [
    [line('1.7,0.3 0.9,5.6 6.4,5.4'), line('5.1,0.3 4.6,10')],
    [line('4.6,10 4.9,0 0.6,6.6 6.7,6.5')],
    [curve('1.2,0.2 0.9,3.4 1.9,5.2 3.9,4.9 5.5,3.4'), line('5.7,0 5,10')],
  ],
  [
    [line('6,0.2 1.7,0.2 1.3,4.4'), curve('1.3,4.4 3.2,3.7 5.3,4.6 6,6.8 4.9,9.2 2.8,10 0.7,9.2')],
    [curve('6.2,0.1 3.4,0.3 2,1.2 1.7,3.5 3.4,4.6 5.3,5.6 5.7,7.8 4.3,9.6 2.2,10 0.7,9.2')],
    [line('1.7,1 1.5,4.6'), curve('1.5,4.6 3.6,4 5.5,5.2 5.7,7.6 4.2,9.7 2,10 0.8,9'), line('1.7,0.7 6.3,0')],
  ],
  [
    [curve('5,0 2.6,2.2 1.1,5.3 1.1,8.2 2.7,10 4.8,9.5 5.9,7.6 5,5.7 3,5.6 1.3,7.4')],
    [curve('3.8,0 1.9,3.2 1.1,6.8 2,9.4 4,10 5.6,8.7 5.5,6.4 4,5.2 2.2,5.9 1.2,7.6')],
    [line('5,0 1.4,6.6'), curve('1.4,6.6 1,8.6 2.3,10 4.4,9.8 5.8,8.2 5.2,6.5 3.6,6.3 1.7,8')],
  ],
  [
    [line('0.8,0.4 6.2,0.2 2.9,10')],
    [line('0.8,0.5 6,0.3'), curve('6,0.3 4.5,3.5 3.5,6.6 3.2,10')],
    [line('0.8,0.3 6.2,0.3 2.8,10'), line('2,5.2 5.9,4.9')],
    [line('1,1.9 1.1,0.4 6.2,0.3 4,10')],
  ],
  [
    [curve('5.4,1.6 3.7,0 1.6,1.2 2,3.3 4.6,5.8 5.8,8 3.6,10 1.2,8.3 2.3,5.9 4.9,3.7 5.4,1.6')],
    [curve('3.5,0 1.7,1.1 1.7,3.5 3.5,4.7 5.3,3.5 5.3,1.1 3.5,0'), curve('3.5,4.7 1.3,6 1.2,8.6 3.5,10 5.8,8.6 5.7,6 3.5,4.7')],
    [curve('5.8,0.8 3.6,0.1 1.6,1.3 2.2,3.6 4.5,5.9 5,8.4 3.2,10 1.4,8.6 2.4,6.1 5.9,1.4')],
  ],
  [
    [curve(loopOfNine), line('5.6,0.6 5.1,10')],
    [curve(loopOfNine), curve('5.4,2.4 5.6,5.5 4.7,8.8 2.9,10 1.2,9.2')],
    [curve(loopOfNine), line('5.4,2.4 3.2,10')],
  ],
];
