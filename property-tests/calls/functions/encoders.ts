import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { asksForGigabytes, type Call, ownCall } from '../call.js';
import { shapes } from '../layers.js';
import { items, tensor, value, values } from '../recipes.js';

const { constantFrom } = fc;

const images = constantFrom([1, 3, 4, 2], [2, 1, 1, 1], [0, 2, 2, 1], [1, 2, 2, 0]);
const grey = constantFrom([1, 3, 4, 1], [2, 3, 3, 1], [0, 3, 3, 1]);

/** What turns images into spikes. */
export const encoderCalls: readonly Call[] = [
  ownCall(
    'localNormalization',
    images.map((shape) => [tensor(shape), value(1)]),
    library.localNormalization,
  ),
  ownCall(
    'lateralIntensityInhibition',
    images.map((shape) => [tensor(shape), value([0.2, 0.1])]),
    library.lateralIntensityInhibition,
  ),
  ownCall(
    'dogKernel',
    constantFrom(3, 7).map((size) => [value(size), value(1), value(2)]),
    library.dogKernel,
  ),
  ownCall(
    'gaborKernel',
    constantFrom(3, 5).map((size) => [value(size), value(22.5), value(4)]),
    library.gaborKernel,
  ),
  ownCall(
    'filterImages',
    grey.map((shape) => [
      tensor(shape),
      items(tensor([3, 3], 'graded'), tensor([1, 1])),
      values({ pad: 1, threshold: 0.2, absolute: true }),
    ]),
    library.filterImages,
  ),
  ownCall(
    'intensityToLatency',
    images.map((shape) => [tensor(shape), value(3), values({ remainder: 'drop' })]),
    library.intensityToLatency,
  ),
  ownCall(
    'latencyToWave',
    shapes.map((shape) => [tensor(shape, 'spikes'), value(2)]),
    library.latencyToWave,
    { skip: asksForGigabytes },
  ),
  ownCall(
    'poissonEncode',
    shapes.map((shape) => [tensor(shape), values({ steps: 3, dt: 0.5, seed: 4 })]),
    library.poissonEncode,
    { skip: asksForGigabytes },
  ),
];
