import { layer, networkFor, type Session } from './session.js';

/** Everything learned, and all that is needed to learn it again, as JSON. */
export function exportJson({ seed, set, weights, seen, convergence, readout }: Session): string {
  const { maps, kernelSize } = layer;
  const fitted = readout?.readout;
  return JSON.stringify({
    format: 'tfjs-stdp lab 1',
    network: networkFor(set.times.count),
    seed,
    images: {
      name: set.images.name,
      classNames: set.images.classNames,
      count: set.images.train.count,
      drawn: set.drawings.length,
    },
    imagesSeen: seen,
    convergence,
    weights: { shape: [kernelSize, kernelSize, 2, maps], values: [...weights] },
    readout: fitted && {
      fittedAfter: readout.seen,
      accuracy: readout.accuracy,
      classes: fitted.classes,
      mean: [...fitted.mean],
      scale: [...fitted.scale],
      weights: [...fitted.weights],
      bias: [...fitted.bias],
    },
  });
}
