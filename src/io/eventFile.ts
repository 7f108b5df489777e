import { createReadStream } from 'node:fs';
import { ensure, StdpError } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { errorCode, messageOf, show } from '../core/show.js';
import type { ReadEventsOptions } from '../events/eventFormat.js';
import { checkedOptions } from '../events/readEvents.js';
import type { EventRecording } from '../events/recording.js';
import { streamEvents } from '../events/streamEvents.js';

/**
 * {@link streamEvents} of a file, which may be larger than memory.
 *
 * @param options  which way AEDAT 2.0 is read.
 * @returns at least one piece.
 * @throws {StdpError} naming the file, when it can't be read or is no recording.
 *
 * @example
 * await writeFile('00001.bin', Uint8Array.of(7, 15, 128, 2, 142, 19, 18, 0, 11, 183));   // two events of N-MNIST
 * let count = 0;
 * for await (const { t } of streamEventFile('00001.bin')) count += t.length;
 * count;   // => 2
 */
export function streamEventFile(
  path: string,
  options?: Partial<ReadEventsOptions>,
  ...more: readonly never[]
): AsyncGenerator<EventRecording, void> {
  nothingMore(more, where, 'streamEventFile(path, options)');
  const isPath = typeof path === 'string' && path.trim() !== '' && !path.includes('\0');
  ensure(isPath, where, 'path', () => `must be the name of a file, got ${show(path)}`);
  const chosen = checkedOptions(where, options);
  return piecesOf(path, chosen);
}

const where = 'streamEventFile';

/** The file is opened when the first piece is asked for, and what is refused names it. */
async function* piecesOf(path: string, options: ReadEventsOptions): AsyncGenerator<EventRecording, void> {
  try {
    yield* streamEvents(createReadStream(path, { highWaterMark: 2 ** 18 }), options);
  } catch (reason) {
    if (reason instanceof StdpError) throw new StdpError(where, path, reason.problem, { cause: reason });
    const problem = errorCode(reason) === 'ENOENT' ? 'does not exist' : `can't be read: ${messageOf(reason)}`;
    throw new StdpError(where, path, problem);
  }
}
