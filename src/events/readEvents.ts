import { ensure, orThrow } from '../core/errors.js';
import { nothingMore, oneOf, validateParams } from '../core/params/validation.js';
import { show } from '../core/show.js';
import type { ReadEventsOptions } from './eventFormat.js';
import { EventInput } from './eventInput.js';
import { EventSink } from './eventSink.js';
import { formatOf, headBytes } from './formats/formats.js';
import type { EventRecording } from './recording.js';

/**
 * The events in a file of an event camera, whose format is known by its content: AEDAT 2.0, 3.1 and 4.0, Prophesee's DAT and RAW (EVT 2.0
 * and 3.0), N-MNIST. What is no event (motion, frames, triggers, events marked invalid) is passed over and counted.
 *
 * @param bytes    the whole file; where it comes from is the caller's affair, so this runs in a browser too.
 * @param options  see {@link ReadEventsOptions}.
 * @throws {StdpError} that tells the format and the byte where it is truncated or otherwise not what it should be; and of more than 2²⁷
 *   events, for which there is {@link streamEvents}.
 *
 * Source: the specifications that the readers of the formats name.
 *
 * @example
 * const file = Uint8Array.of(7, 15, 128, 2, 142, 19, 18, 0, 11, 183);   // two events of N-MNIST
 * const { x, y, p, t } = readEvents(file);
 * [x, y, p, t];   // => [[7, 19], [15, 18], [1, 0], [654, 2999]]
 */
export function readEvents(bytes: Uint8Array, options?: Partial<ReadEventsOptions>, ...more: readonly never[]): EventRecording {
  const where = 'readEvents';
  nothingMore(more, where, 'readEvents(bytes, options)');
  const chosen = checkedOptions(where, options);
  ensure(bytes instanceof Uint8Array, where, 'bytes', () => `must be a Uint8Array, got ${show(bytes)}`);
  const format = formatOf(bytes.subarray(0, headBytes), where);
  const events = new EventSink(where, format.name);
  const reading = format.read(new EventInput(where, format.name), events, chosen);
  let next = 0;
  for (let asked = reading.next(); !asked.done; ) {
    const part = bytes.subarray(next, next + asked.value);
    next += part.length;
    asked = reading.next(part);
  }
  return events.take();
}

/** The options, complete. */
export const checkedOptions = (where: string, options: Partial<ReadEventsOptions> | undefined): ReadEventsOptions =>
  orThrow(validateParams(where, { view: 'stored' } as ReadEventsOptions, options, { view: oneOf('stored', 'jaer') }, 'options'));
