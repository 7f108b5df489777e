import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/validation.js';
import { show } from '../core/show.js';
import type { ReadEventsOptions } from './eventFormat.js';
import { EventInput } from './eventInput.js';
import { EventSink } from './eventSink.js';
import { formatOf, headBytes } from './formats/formats.js';
import { pulled } from './pulled.js';
import { checkedOptions } from './readEvents.js';
import type { EventRecording } from './recording.js';

/** Events that are handed out together, and somewhat more. */
const together = 2 ** 16;

/**
 * {@link readEvents} of a recording that comes in pieces and may be larger than memory: its events, piece by piece. One after the other
 * they are what `readEvents` gives; `skipped` counts since the last piece, and a size that the file doesn't tell grows with the events.
 *
 * @param source   the bytes: the stream of a `Blob`, of `fetch`, of `createReadStream`, or any iterable of `Uint8Array`s.
 * @param options  see {@link ReadEventsOptions}.
 * @returns at least one piece.
 * @throws {StdpError} as `readEvents`, once the bytes at fault have come.
 *
 * @example
 * const file = new Blob([Uint8Array.of(7, 15, 128, 2, 142, 19, 18, 0, 11, 183)]);   // two events of N-MNIST
 * let count = 0;
 * for await (const { t } of streamEvents(file.stream())) count += t.length;
 * count;   // => 2
 */
export function streamEvents(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  options?: Partial<ReadEventsOptions>,
  ...more: readonly never[]
): AsyncGenerator<EventRecording, void> {
  const where = 'streamEvents';
  nothingMore(more, where, 'streamEvents(source, options)');
  const chosen = checkedOptions(where, options);
  const isStream = typeof source === 'object' && source !== null && ('getReader' in source || Symbol.asyncIterator in source);
  ensure(isStream, where, 'source', () => `must be a stream of bytes, got ${show(source)}`);
  return pieces(source, chosen, where);
}

async function* pieces(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  options: ReadEventsOptions,
  where: string,
): AsyncGenerator<EventRecording, void> {
  const bytes = pulled(source, where);
  try {
    const head = await bytes.take(headBytes);
    bytes.giveBack(head);
    const format = formatOf(head, where);
    const events = new EventSink(where, format.name);
    const reading = format.read(new EventInput(where, format.name), events, options);
    for (let asked = reading.next(); !asked.done; asked = reading.next(await bytes.take(asked.value)))
      if (events.count >= together) yield events.take();
    yield events.take();
  } finally {
    await bytes.close();
  }
}
