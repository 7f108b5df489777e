import { at, doubleAt } from '../core/at.js';
import { ensureIs, nothingMore, positiveScalar } from '../core/params/validation.js';
import { type EventList, ensureSensor, keptEvents } from './eventList.js';

/**
 * Events without those that stand alone: an event stays where one of its eight neighbours had an event, of either polarity, no longer
 * than `withinMicroseconds` before it in the order of the recording.
 *
 * @param withinMicroseconds  µs.
 * @returns all else as in `events`.
 * @throws {StdpError} when the time is none, or the events are none.
 *
 * Source: T. Delbruck 2008, "Frame-free dynamic digital vision", the filter of background activity.
 *
 * @example
 * const alone = [30, 30, 128, 0, 1], pair = [3, 4, 128, 0, 2, 4, 4, 0, 0, 9];
 * denoiseEvents(readEvents(Uint8Array.of(...alone, ...pair)), 1000).t;   // => [9]
 */
export function denoiseEvents<Events extends EventList>(
  events: Events,
  withinMicroseconds: number,
  ...more: readonly never[]
): Events {
  const where = 'denoiseEvents';
  nothingMore(more, where, 'denoiseEvents(events, withinMicroseconds)');
  ensureSensor(events, where);
  ensureIs(positiveScalar, withinMicroseconds, where, 'withinMicroseconds');
  const { x, y, t, width, height } = events;
  // A border about the sensor, so that every pixel has eight neighbours.
  const stride = width + 2;
  const latest = new Float64Array(stride * (height + 2)).fill(Number.NEGATIVE_INFINITY);
  const around = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  return keptEvents(events, (index) => {
    const place = (at(y, index) + 1) * stride + at(x, index) + 1;
    const time = doubleAt(t, index);
    latest[place] = time;
    return around.some((step) => time - doubleAt(latest, place + step) <= withinMicroseconds);
  });
}
