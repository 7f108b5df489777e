import type { LabelledImages } from '../../data/dataSet.js';
import { dogValues } from '../../encoders/filters.js';
import { kernelsOnHost } from '../../kernels/current.js';
import { type Crew, localCrew } from '../crew/crew.js';
import { inPieces } from '../crew/inPieces.js';
import { composedEncoding } from './composedEncoding.js';
import type { EncoderSpec } from './networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';

/**
 * Spike times of images: contrast by difference of Gaussians in both polarities, local normalisation, rank order in bins.
 *
 * @param images      grey images 0–255; labels are not looked at.
 * @param onProgress  called with the number of images done.
 * @param crew        who computes, where the kernels serve. Default: this thread. The result is the same.
 * @returns two channels, ON and OFF.
 * @example
 * const times = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults);
 * [times.count, times.channels, times.steps];   // => [3, 2, 15]
 */
export async function encodeImages(
  images: Pick<LabelledImages, 'pixels' | 'count'>,
  height: number,
  width: number,
  encoder: EncoderSpec,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
  crew: Crew = localCrew(),
): Promise<SpikeTimes> {
  const { count } = images;
  const shape = { count, height, width, channels: 2, steps: encoder.bins };
  if (!kernelsOnHost()) return { values: await composedEncoding(images, height, width, encoder, onProgress, signal), ...shape };
  const times = crew.bytes(2 * count * height * width);
  const task = crew.begin('encode', {
    encoding: { ...encoder, height, width, filters: filtersOf(encoder) },
    pixels: crew.share(images.pixels),
    times,
  });
  const pieces = { count, piece: 100, news: undefined, signal };
  await inPieces(crew, task, pieces, (_, _from, done) => onProgress?.(done)).finally(task.end);
  return { values: times, ...shape };
}

/** ON centres, OFF centres. */
const filtersOf = ({ size, sigmaCentre, sigmaSurround }: EncoderSpec): Float32Array =>
  Float32Array.from([...dogValues(size, sigmaCentre, sigmaSurround), ...dogValues(size, sigmaSurround, sigmaCentre)]);
