import { ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { type EventList, ensureEvents } from './eventList.js';

/**
 * Events on a coarser sensor, each of whose pixels stands for `factor · factor`: `⌊x / factor⌋`, `⌊y / factor⌋`. None is left out.
 *
 * @param factor  at least 1.
 * @returns all else as in `events`.
 * @throws {StdpError} when the factor is none, or the events are none.
 *
 * @example
 * const { x, y, width } = downscaleEvents(readEvents(Uint8Array.of(7, 15, 128, 2, 142, 19, 18, 0, 11, 183)), 4);
 * [x, y, width];   // => [[1, 4], [3, 4], 9]
 */
export function downscaleEvents<Events extends EventList>(events: Events, factor: number, ...more: readonly never[]): Events {
  const where = 'downscaleEvents';
  nothingMore(more, where, 'downscaleEvents(events, factor)');
  ensureEvents(events, where);
  ensureIs(integerFrom(1), factor, where, 'factor');
  const coarse = (value: number): number => Math.floor(value / factor);
  const { x, y, width, height } = events;
  const [columns, rows] = [Math.ceil(width / factor), Math.ceil(height / factor)];
  return { ...events, x: x.map(coarse), y: y.map(coarse), width: columns, height: rows };
}
