import { StdpError } from '../../core/errors.js';
import { downscaleEvents } from '../../events/downscaleEvents.js';
import { headBytes, isEvents } from '../../events/formats/formats.js';
import { nmnist } from '../../events/formats/nmnist.js';
import { readEvents } from '../../events/readEvents.js';
import type { EventRecording } from '../../events/recording.js';
import type { LabelledImages } from '../dataSet.js';
import { saccadeChannels, saccadeLatencies, saccadesOf, thirdsOf } from '../events/saccadeLatencies.js';
import { bytesOfClassFile, type ClassFile, type ClassFiles, labelsOf } from './classFiles.js';
import { ensureRoom, type Found } from './found.js';

/** Bytes of one recording, at most. */
const mostOfOne = 2 ** 26;
/** Pixels on a side, at most; a larger sensor is scaled down by a whole number. */
const mostSide = 64;

/** Whether the files are recordings of an event camera, by what the first begins with. */
export async function areEvents({ train: [first] }: ClassFiles): Promise<boolean> {
  return first?.entry.kind === 'file' && isEvents(await first.entry.read(headBytes));
}

/**
 * Recordings by class, as pictures of {@link saccadeLatencies}: of N-MNIST its three saccades, of others thirds of each recording. All have the
 * size of the largest sensor, scaled down to at most 64 pixels a side.
 *
 * @throws {StdpError} that names the file which is none.
 */
export async function readEventFiles({ classNames, train, test }: ClassFiles, where: string): Promise<Found> {
  const sensor = await sensorOf([...train, ...(test ?? [])], where);
  const factor = Math.ceil(Math.max(sensor.width, sensor.height) / mostSide);
  const rows = Math.ceil(sensor.height / factor);
  const columns = Math.ceil(sensor.width / factor);
  const picture = (recording: EventRecording) =>
    saccadeLatencies(
      downscaleEvents({ ...recording, ...sensor }, factor),
      recording.format === nmnist.name ? saccadesOf : thirdsOf(recording.t),
    );
  const size = rows * columns * saccadeChannels;
  const samples = (files: readonly ClassFile[]) => samplesOf(files, classNames.length, size, picture, where);
  const found = { rows, columns, channels: saccadeChannels, classNames, isByClass: true } as const;
  return { ...found, train: await samples(train), test: test && (await samples(test)) };
}

interface Sensor {
  readonly width: number;
  readonly height: number;
}

/** That of N-MNIST, or the largest: a file that doesn't tell its own has that of its events. */
async function sensorOf(files: readonly ClassFile[], where: string): Promise<Sensor> {
  let [width, height] = [1, 1];
  for (const file of files) {
    const recording = await recordingOf(file, where);
    width = Math.max(width, recording.width);
    height = Math.max(height, recording.height);
    if (recording.format === nmnist.name) break;
  }
  return { width, height };
}

async function samplesOf(
  files: readonly ClassFile[],
  classes: number,
  size: number,
  picture: (recording: EventRecording) => Uint8Array,
  where: string,
): Promise<LabelledImages> {
  const { length: count } = files;
  ensureRoom(count, size, where, files[0]?.entry.path ?? 'files');
  const pixels = new Uint8Array(count * size);
  for (const [sample, file] of files.entries()) pixels.set(picture(await recordingOf(file, where)), sample * size);
  return { pixels, labels: labelsOf(files, classes), count };
}

async function recordingOf({ entry }: ClassFile, where: string): Promise<EventRecording> {
  const bytes = await bytesOfClassFile(entry, 'a recording of events', mostOfOne, where);
  try {
    return readEvents(bytes);
  } catch (reason) {
    throw reason instanceof StdpError ? new StdpError(where, entry.path, reason.problem, { cause: reason }) : reason;
  }
}
