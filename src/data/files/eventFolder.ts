import { open, readFile, stat } from 'node:fs/promises';
import { ensure, StdpError } from '../../core/errors.js';
import { headBytes } from '../../events/formats/formats.js';
import { nmnist } from '../../events/formats/nmnist.js';
import { readEvents } from '../../events/readEvents.js';
import type { EventRecording } from '../../events/recording.js';
import type { LabelledImages } from '../dataSet.js';
import { saccadeChannels, saccadeLatencies } from '../events/saccadeLatencies.js';
import { type ClassFile, type ClassFiles, labelsOf } from './classFiles.js';
import { ensureRoom, type Found } from './found.js';

/** Bytes of one sample, at most: a hundred times as many as one of N-MNIST has. */
const mostOfOne = 2 ** 22;

/** Whether the files are samples of N-MNIST, by what the first begins with. */
export async function areEvents({ train: [first] }: ClassFiles): Promise<boolean> {
  if (first === undefined || !(await stat(first.path)).isFile()) return false;
  const file = await open(first.path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return nmnist.begins(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * Samples of N-MNIST by class, as pictures of {@link saccadeLatencies}.
 *
 * @throws {StdpError} that names the file which is none.
 */
export async function readEventFiles({ classNames, train, test }: ClassFiles, where: string): Promise<Found> {
  const first = await recordingOf(train[0], where);
  const frame = { rows: first.height, columns: first.width, channels: saccadeChannels } as const;
  const size = frame.rows * frame.columns * frame.channels;
  const samples = (files: readonly ClassFile[]) => samplesOf(files, classNames.length, size, where);
  return { ...frame, classNames, isByClass: true, train: await samples(train), test: test && (await samples(test)) };
}

async function samplesOf(files: readonly ClassFile[], classes: number, size: number, where: string): Promise<LabelledImages> {
  const { length: count } = files;
  ensureRoom(count, size, where, files[0]?.path ?? 'files');
  const pixels = new Uint8Array(count * size);
  for (const [sample, file] of files.entries()) pixels.set(saccadeLatencies(await recordingOf(file, where)), sample * size);
  return { pixels, labels: labelsOf(files, classes), count };
}

async function recordingOf(file: ClassFile | undefined, where: string): Promise<EventRecording> {
  if (file === undefined) throw new StdpError(where, 'files', 'are none');
  const { path } = file;
  const there = await stat(path);
  ensure(there.isFile(), where, path, () => 'is no plain file, expected is a sample of N-MNIST');
  ensure(there.size <= mostOfOne, where, path, () => `has ${there.size} bytes, at most ${mostOfOne} are read of a sample`);
  const recording = read(new Uint8Array(await readFile(path)), where, path);
  const { format } = recording;
  ensure(format === nmnist.name, where, path, () => `is ${format}; of events, folders of ${nmnist.name} are read`);
  return recording;
}

function read(bytes: Uint8Array, where: string, path: string): EventRecording {
  try {
    return readEvents(bytes);
  } catch (reason) {
    throw reason instanceof StdpError ? new StdpError(where, path, reason.problem, { cause: reason }) : reason;
  }
}
