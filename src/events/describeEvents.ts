import { aRecord, aText, ensureIs, nothingMore } from '../core/params/validation.js';
import { ensureEvents } from './eventList.js';
import type { EventRecording } from './recording.js';

/**
 * What was read, in a line: format, number, size, how long, how the numbers are meant, and what was skipped.
 *
 * @throws {StdpError} when it is no recording.
 * @example
 * describeEvents(readEvents(Uint8Array.of(7, 15, 128, 2, 142, 19, 18, 0, 11, 183)));
 * // N-MNIST: 2 events on 34 × 34 in 0.002345 s; origin top left, ON where the stored bit is 1; nothing skipped
 */
export function describeEvents(events: EventRecording, ...more: readonly never[]): string {
  const where = 'describeEvents';
  nothingMore(more, where, 'describeEvents(events)');
  ensureEvents(events, where);
  for (const name of ['format', 'told'] as const) ensureIs(aText, events[name], where, `events.${name}`);
  ensureIs(aRecord, events.skipped, where, 'events.skipped');
  const { format, told, t, width, height, skipped } = events;
  const first = t.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const last = t.reduce((most, time) => Math.max(most, time), first);
  const long = t.length === 0 ? '' : ` in ${(last - first) / 1e6} s`;
  const list = Object.entries(skipped).map(([what, count]) => `${count} ${what}`);
  const rest = list.length === 0 ? 'nothing skipped' : `skipped ${list.join(', ')}`;
  return `${format}: ${t.length} events on ${width} × ${height}${long}; ${told}; ${rest}`;
}
