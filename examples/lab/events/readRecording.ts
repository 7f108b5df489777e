import { describeEvents, type EventRecording, streamEvents } from 'tfjs-stdp/events';
import type { Recording } from './protocol.js';

/** Events of a file that are played; 13 bytes each. */
const mostEvents = 2 ** 24;

/**
 * The events of a file in any format that the library reads.
 *
 * @param onEvents  told how many have come so far; answers whether they are still wanted.
 * @returns nothing where they weren't.
 * @throws {StdpError} when the file can't be read, or holds no events.
 */
export async function readRecording(file: File, onEvents: (count: number) => boolean): Promise<Recording | undefined> {
  const pieces: EventRecording[] = [];
  let count = 0;
  for await (const piece of streamEvents(file.stream(), { view: 'jaer' })) {
    pieces.push(piece);
    count += piece.t.length;
    if (!onEvents(count)) return undefined;
    if (count >= mostEvents) break;
  }
  const whole = joined(pieces);
  if (count === 0) throw new Error(`holds no events (${describeEvents(whole)})`);
  const cut = count >= mostEvents ? `; only the first ${count} events are shown` : '';
  return { name: file.name, line: describeEvents(whole) + cut, ...inOrder(upright(whole)) };
}

/** Pieces of a recording in one. */
function joined(pieces: readonly EventRecording[]): EventRecording {
  const last = pieces.at(-1);
  if (last === undefined) throw new Error('no piece of the file was read');
  const count = pieces.reduce((sum, { t }) => sum + t.length, 0);
  const columns = { x: new Uint16Array(count), y: new Uint16Array(count), p: new Uint8Array(count), t: new Float64Array(count) };
  const skipped = new Map<string, number>();
  let start = 0;
  for (const piece of pieces) {
    for (const name of ['x', 'y', 'p', 't'] as const) columns[name].set(piece[name], start);
    for (const [what, times] of Object.entries(piece.skipped)) skipped.set(what, (skipped.get(what) ?? 0) + times);
    start += piece.t.length;
  }
  return { ...last, ...columns, skipped: Object.fromEntries(skipped) };
}

/** With the first row at the top: AEDAT 2.0 counts from the bottom. */
const upright = (recording: EventRecording): EventRecording =>
  recording.format === 'AEDAT 2.0' ? { ...recording, y: recording.y.map((y) => recording.height - 1 - y) } : recording;

/** Events one after the other, from 0 on; a camera may write them down slightly later than they were. */
function inOrder({ x, y, p, t, width, height }: EventRecording): Omit<Recording, 'name' | 'line'> {
  if (t.every((time, index) => index === 0 || time >= Number(t[index - 1]))) return { x, y, p, t: sinceFirst(t), width, height };
  const order = Uint32Array.from(t.keys()).sort((a, b) => Number(t[a]) - Number(t[b]));
  return { x: taken(x, order), y: taken(y, order), p: taken(p, order), t: sinceFirst(taken(t, order)), width, height };
}

const sinceFirst = (t: Float64Array): Float64Array => t.map((time) => time - Number(t[0]));

/** The entries of a column in an order. */
const taken = <Column extends Uint8Array | Uint16Array | Float64Array>(column: Column, order: Uint32Array): Column =>
  column.map((_, index) => Number(column[Number(order[index])])) as Column;
