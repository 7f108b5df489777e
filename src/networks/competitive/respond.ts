import type { RandomGenerator } from '../../core/random.js';
import type { LabelledImages } from '../../data/dataSet.js';
import type { CompetitiveWeights } from '../../kernels/competitiveLayer.js';
import { type Crew, localCrew } from '../crew/crew.js';
import { inPieces } from '../crew/inPieces.js';
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

/** Images of a batch. */
const batch = 50;

/**
 * The answers of a trained layer, which learns no more. Stops early at the signal.
 *
 * @param crew  who computes. Default: this thread. The answers are the same.
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
export async function respond(
  { spec, learned, images: { pixels, count }, spikes }: Stimulus,
  onAnswers: OnAnswers,
  signal?: AbortSignal,
  crew: Crew = localCrew(),
): Promise<void> {
  if (count === 0) return;
  const task = crew.begin('answer', { spec, learned, pixels: crew.share(pixels), size: pixels.length / count, spikes });
  const pieces = { count, piece: batch, news: undefined, signal };
  await inPieces(crew, task, pieces, (raster, from) => onAnswers(from, raster)).finally(task.end);
}
