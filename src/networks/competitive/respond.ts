import { fork, type RandomGenerator } from '../../core/random.js';
import type { LabelledImages } from '../../data/dataSet.js';
import { CompetitiveLayer, type CompetitiveWeights } from '../../kernels/competitiveLayer.js';
import { breather } from '../breathe.js';
import { competitiveLaw } from './competitiveLaw.js';
import type { CompetitiveSpec } from './competitiveSpec.js';

/**
 * Images for a trained layer.
 *
 * @property spikes  of image i are drawn from `fork(spikes, i)`: the answer to an image doesn't depend on the others.
 */
export interface Stimulus {
  readonly spec: CompetitiveSpec;
  readonly learned: CompetitiveWeights;
  readonly images: LabelledImages;
  readonly spikes: RandomGenerator;
}

/** Told of every batch of answers, in any order: which image is the first, and who fired `[batch, steps]` (−1 for nobody). */
export type OnAnswers = (first: number, raster: Int32Array) => void;

/** Shows images to a layer that doesn't learn any more. Stops early at the signal. */
export type Responder = (stimulus: Stimulus, onAnswers: OnAnswers, signal?: AbortSignal) => Promise<void>;

/** Images of a batch. */
export const answerBatch = 50;

/**
 * The answers of a trained layer, computed here and now.
 *
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, input: { duration: 100 } }));
 * const images = generateDigits(3, 1);
 * const stimulus = { spec, learned: untrainedLayer(spec, 784, 1), images, spikes: fork(1, 0) };
 * let steps = 0;
 * await respond(stimulus, (first, raster) => {
 *   steps += raster.length;
 * });
 * steps;   // => 3 * 100
 */
export const respond: Responder = async ({ spec, learned, images: { pixels, count }, spikes }, onAnswers, signal) => {
  const size = pixels.length / count;
  const answer = answerer(spec, learned, size, spikes);
  const breathe = breather();
  for (let first = 0; first < count && !signal?.aborted; first += answerBatch) {
    onAnswers(first, answer(first, pixels.subarray(first * size, (first + answerBatch) * size)));
    await breathe();
  }
};

/** A function that gives the answers to images in a row, of so many pixels each, from their first on. */
export function answerer(
  spec: CompetitiveSpec,
  learned: CompetitiveWeights,
  size: number,
  spikes: RandomGenerator,
): (first: number, pixels: Uint8Array) => Int32Array {
  const layer = new CompetitiveLayer(competitiveLaw(spec, size), learned);
  return (first, pixels) => {
    const streams = Array.from({ length: pixels.length / size }, (_, index) => fork(spikes, first + index).stream);
    return layer.present(pixels, spikes.seed, streams, false);
  };
}
