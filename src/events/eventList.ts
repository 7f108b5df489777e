import { at } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import type { EventRecording } from './recording.js';

/** Events on a sensor of a size: a recording, or what is left of one. */
export type EventList = Pick<EventRecording, 'x' | 'y' | 'p' | 't' | 'width' | 'height'>;

const columns = { x: Uint16Array, y: Uint16Array, p: Uint8Array, t: Float64Array };
const names = ['x', 'y', 'p', 't'] as const;

/**
 * Throws unless these are events on their sensor, at times that are numbers.
 *
 * @throws {StdpError} that names the column and the event at fault.
 */
export function ensureEvents(events: unknown, where: string): asserts events is EventList {
  ensure(isRecord(events), where, 'events', () => `must be a recording, as readEvents gives it, got ${show(events)}`);
  const given = events as { readonly [Name in keyof EventList]?: unknown };
  for (const name of names) {
    const problem = (): string => `must be a ${columns[name].name}, got ${show(given[name])}`;
    ensure(given[name] instanceof columns[name], where, `events.${name}`, problem);
  }
  const { x, y, p, t, width, height } = given as EventList;
  for (const [name, size] of [
    ['width', width],
    ['height', height],
  ] as const) {
    const problem = (): string => `must be an integer in [0, 65536], got ${show(size)}`;
    ensure(Number.isSafeInteger(size) && size >= 0 && size <= 2 ** 16, where, `events.${name}`, problem);
  }
  for (const [name, column] of [
    ['y', y],
    ['p', p],
    ['t', t],
  ] as const)
    ensure(column.length === x.length, where, `events.${name}`, () => `has ${column.length} entries, x has ${x.length}`);
  ensureBelow(x, width, where, 'x');
  ensureBelow(y, height, where, 'y');
  ensureBelow(p, 2, where, 'p');
  const wrong = t.findIndex((time) => !Number.isFinite(time));
  ensure(wrong < 0, where, 'events.t', () => `has ${t[wrong]} at ${wrong}, which is no time`);
}

/** Pixels of a sensor beyond which nothing is kept for each: the largest camera has a sixteenth of them. */
const mostPixels = 2 ** 24;

/** {@link ensureEvents}, on a sensor of whose pixels each may have something kept for it. */
export function ensureSensor(events: unknown, where: string): asserts events is EventList {
  ensureEvents(events, where);
  const { width, height } = events;
  const problem = (): string =>
    `lie on a sensor of ${width} × ${height}, more than ${mostPixels} pixels; use downscaleEvents first`;
  ensure(width * height <= mostPixels, where, 'events', problem);
}

function ensureBelow(column: Uint16Array | Uint8Array, size: number, where: string, name: string): void {
  const wrong = column.findIndex((value: number) => value >= size);
  ensure(wrong < 0, where, `events.${name}`, () => `has ${column[wrong]} at ${wrong}, must be below ${size}`);
}

/** The events that are kept, and all else as it was. */
export function keptEvents<E extends EventList>(events: E, keep: (index: number) => boolean): E {
  const { x, y, p, t } = events;
  const kept = Uint32Array.from(x.keys()).filter(keep);
  return {
    ...events,
    x: Uint16Array.from(kept, (index) => at(x, index)),
    y: Uint16Array.from(kept, (index) => at(y, index)),
    p: Uint8Array.from(kept, (index) => at(p, index)),
    t: Float64Array.from(kept, (index) => at(t, index)),
  };
}
