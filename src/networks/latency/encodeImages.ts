import { ensure } from '../../core/errors.js';
import { ensureIs, integerFrom, nothingMore } from '../../core/params/validation.js';
import type { LabelledImages } from '../../data/dataSet.js';
import { putChannels } from '../../kernels/host/channels.js';
import { kernelsOnHost } from '../../kernels/tensors/current.js';
import { checkedFrames, checkFrame, type Images } from '../checked/images.js';
import { aListener, aSignal, aWorkerPool, checkedPart } from '../checked/options.js';
import type { StageLog } from '../checkpoints.js';
import { checkAllDone } from '../stopped.js';
import { inPieces, rowsInPieces } from '../workers/inPieces.js';
import { localPool, type Readers, type WorkerPool } from '../workers/workerPool.js';
import { inputMaps, inputShape, planeMix } from './spec/encoderColours.js';
import { differs, type Encoders, encodingFilters, mostPixels, validateEncoderSpec } from './spec/encoderSpec.js';
import type { EncoderSpec } from './spec/networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';
import { composedTimes } from './tensors/composedEncoding.js';

/** Who works on images, who reads what comes of it (default: all), who is told, who keeps it, and what stops the work. */
export interface Work {
  readonly where: string;
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly workers: WorkerPool;
  readonly readers?: Readers;
  readonly stage?: StageLog | undefined;
}

/**
 * Spike times of images: contrast by difference of Gaussians in both polarities, local normalisation, rank order in bins.
 *
 * @param images      grey images, `height · width` bytes of 0–255 each, or coloured ones of three times as many, red, green and blue of each
 *   pixel; of labels only the number is looked at.
 * @param encoder     or a list of them, alike in `input`, `colour`, `fields` and `bins`, whose channels come one after the other: what a network with
 *   branches `beside` sees.
 * @param onProgress  called with the number of images done.
 * @param signal      stops after the present piece of work: then there is no result.
 * @param pool        who computes, where the kernels serve. Default: this thread. The result is the same.
 * @returns two channels, ON and OFF, for each plane of {@link EncoderSpec} `colour`; of latencies, which have six values a pixel, as many; of
 *   features one place, with `fields` channels for each.
 * @throws {StdpError} when pixels aren't bytes or not as many as the images have, a setting is out of range, or the signal has
 *   stopped it: that says how many images were done.
 * @example
 * const times = await encodeImages(generateDigits(3, 1), 28, 28, encoderDefaults);
 * [times.count, times.channels, times.steps];   // => [3, 2, 15]
 */
export async function encodeImages(
  images: Pick<LabelledImages, 'pixels' | 'count'>,
  height: number,
  width: number,
  encoder: EncoderSpec | readonly EncoderSpec[],
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
  workers: WorkerPool = localPool(),
  ...more: readonly never[]
): Promise<SpikeTimes> {
  const where = 'encodeImages';
  nothingMore(more, where, 'encodeImages(images, height, width, encoder, onProgress, signal, pool)');
  ensureIs(integerFrom(1, mostPixels), height, where, 'height');
  ensureIs(integerFrom(1, mostPixels), width, where, 'width');
  const given = checkedFrames(images, height * width, where, 'images');
  checkFrame(images, height, width, where, 'images');
  const checked = checkedEncoders(encoder, where);
  ensureIs(aListener, onProgress, where, 'onProgress');
  ensureIs(aSignal, signal, where, 'signal');
  ensureIs(aWorkerPool, workers, where, 'workers');
  return spikeTimesOf(given, height, width, checked, { where, onProgress, signal, workers });
}

function checkedEncoders(given: EncoderSpec | readonly EncoderSpec[], where: string): Encoders {
  if (!isList(given)) return [checkedPart(validateEncoderSpec, given, where, 'encoder')];
  const [first, ...beside] = given.map((encoder, index) => checkedPart(validateEncoderSpec, encoder, where, `encoder[${index}]`));
  ensure(first !== undefined, where, 'encoder', () => 'must be one or a list of at least one');
  beside.forEach((encoder, index) => {
    const field = differs(encoder, first);
    ensure(field === undefined, where, `encoder[${index + 1}].${field}`, () => 'must be that of the first encoder');
  });
  return [first, ...beside];
}

const isList = (given: EncoderSpec | readonly EncoderSpec[]): given is readonly EncoderSpec[] => Array.isArray(given);

/** {@link encodeImages} of what has been checked. */
export async function spikeTimesOf(
  images: Images,
  height: number,
  width: number,
  encoders: Encoders,
  { where, onProgress, signal, workers, readers, stage }: Work,
): Promise<SpikeTimes> {
  const { count, pixels } = images;
  const area = height * width;
  const [encoder] = encoders;
  const maps = inputMaps(encoder);
  const given = { pixels: 3, latencies: maps, features: 1 }[encoder.input];
  const colours = count === 0 ? given : pixels.length / (count * area);
  const mix = planeMix(encoder, colours, where, 'encoder');
  const own = inputShape(encoder, height, width);
  const shape = { ...own, count, channels: own.channels * encoders.length, steps: encoder.bins };
  const times = workers.bytes(maps * encoders.length * count * area);
  let all = 0;
  const report = (done: number): void => {
    all = done;
    onProgress?.(done);
  };
  if (kernelsOnHost()) {
    const encodings = encoders.map((each) => ({
      ...each,
      ...{ height, width, channels: colours, mix },
      planes: mix.length / colours,
      filters: encodingFilters(each),
    }));
    const setup = { encodings, pixels: workers.share(pixels), times };
    const task = workers.begin('encode', setup, readers);
    const rows = rowsInPieces(workers, readers, stage, times, maps * encoders.length * area);
    const pieces = { count, update: undefined, signal, ...rows };
    await inPieces(workers, task, pieces, (_, _from, done) => report(done)).finally(task.end);
  } else {
    for (const [share, each] of encoders.entries()) {
      all = 0;
      const values = await composedTimes(images, { channels: colours, mix }, height, width, each, report, signal, where);
      putChannels(values, own.channels, times, share, encoders.length);
    }
  }
  checkAllDone(all, count, where, signal);
  return { values: times, ...shape };
}
