import fc from 'fast-check';
import { generateDigits } from '../../../src/data/digits.js';
import * as library from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
import { value, values } from '../recipes.js';

const { constantFrom } = fc;

const images = constantFrom(0, 1, 3).map((count) => values(generateDigits(count, 1)));
const file = (axes: number, ...bytes: readonly number[]): Uint8Array => Uint8Array.of(0, 0, 8, axes, ...bytes);
const imageFile = file(3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255);

const table = new TextEncoder().encode('a,b\n1,x\n2,y\n3,x\n');

const pixel = () => ({ pixels: Uint8Array.of(7), rows: 1, columns: 1, channels: 1 }) as const;

/** Images, where they come from and how they are shown. */
export const dataCalls: readonly Call[] = [
  ownCall(
    'takeFirst',
    images.map((set) => [set, value(0)]),
    library.takeFirst,
  ),
  ownCall(
    'splitLast',
    images.map((set) => [set, value(0)]),
    library.splitLast,
  ),
  ownCall(
    'generateDigits',
    constantFrom([value(2), value(1), values({ distortion: 1 })], [value(0), value(1)]),
    library.generateDigits,
    {
      skip: asksForMany,
    },
  ),
  ownCall('digitDataSet', constantFrom([value(1), value(2), value(1)], [value(1), value(0), value(0)]), library.digitDataSet, {
    skip: asksForMany,
  }),
  ownCall('parseIdxImages', constantFrom([value(imageFile), value('images')]), library.parseIdxImages),
  ownCall('parseIdxLabels', constantFrom([value(file(1, 0, 0, 0, 2, 3, 4)), value('labels')]), library.parseIdxLabels),
  ownCall(
    'parseData',
    constantFrom([value(table), value('table.csv'), values({ label: 'b', grey: false, holdout: 1 })], [value(table), value('x')]),
    library.parseData,
  ),
  ownCall(
    'parseFiles',
    constantFrom(
      [value([{ name: 'table.csv', bytes: table }]), value('mine'), value(pixel), values({ label: 'b', holdout: 1 })],
      [value(['a/1', 'b/1'].map((name) => ({ name, bytes: table }))), value('mine'), value(pixel)],
    ),
    library.parseFiles,
  ),
  ownCall(
    'fieldColours',
    constantFrom([value([1, 0, 0, 1]), value([1, 1, 2, 2])], [value(Float32Array.of(0, 1)), value([1, 2, 1, 1])]),
    library.fieldColours,
  ),
];

/** Whether more images are asked for than are drawn in a moment, or all that are by default. */
function asksForMany(args: readonly unknown[]): boolean {
  return args.length < 2 || args.some((arg) => arg === undefined || (typeof arg === 'number' && arg > 100 && arg < 1e7));
}
