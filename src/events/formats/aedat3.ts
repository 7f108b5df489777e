import { show } from '../../core/show.js';
import type { EventFormat } from '../eventFormat.js';
import { type EventInput, latin1, type Reading, viewOf } from '../eventInput.js';
import type { EventSink } from '../eventSink.js';
import { sensorNamed } from './chips.js';

const [special, polarity] = [0, 1];

/**
 * AEDAT 3.1: lines that begin with `#`, then packets of little-endian words, each of events of one type and size:
 *
 *     event = valid (bit 0), p (bit 1), y (bits 2–16), x (bits 17–31); time = overflow · 2³¹ + the signed 32-bit word behind it
 *
 * Source: iniVation, "AEDAT 3.1 file format".
 */
export const aedat3: EventFormat = {
  name: 'AEDAT 3.1',
  begins: (head) => latin1(head.subarray(0, 12)) === '#!AER-DAT3.1',
  *read(input, events) {
    const header = yield* input.header('#', '#!END-HEADER');
    if (!header.at(-1)?.startsWith('#!END-HEADER')) input.refuse(input.offset, 'its header has no end (#!END-HEADER)');
    const stored = header.find((line) => line.startsWith('#Format:'));
    if (stored !== undefined && !/RAW\s*$/.test(stored))
      input.refuse(0, `its events are packed (${show(stored.slice(1))}), known is RAW`);
    const sensor = sensorNamed(header.find((line) => line.startsWith('#Source')) ?? '');
    if (sensor !== undefined) events.sensor(...sensor);
    events.told = 'origin top left, ON where the stored bit is 1';
    let source: number | undefined;
    for (;;) {
      const head = yield* packetHead(input);
      if (head === undefined) return;
      if (head.type === polarity) source ??= head.source;
      if (head.type === polarity && head.source === source) yield* polarityEvents(input, events, head);
      else {
        events.skip(head.type === polarity ? `events of source ${head.source}` : nameOf(head.type), head.count);
        yield* input.pass(head.count * head.size, 'a packet');
      }
    }
  },
};

const nameOf = (type: number): string =>
  type === special
    ? 'special events'
    : ({ 2: 'frames', 3: 'samples of motion', 4: 'samples of motion' }[type] ?? 'events of other types');

interface PacketHead {
  readonly type: number;
  readonly source: number;
  readonly size: number;
  readonly timeOffset: number;
  readonly overflow: number;
  readonly count: number;
}

/** The head of the next packet; `undefined` at the end. */
function* packetHead(input: EventInput): Reading<PacketHead | undefined> {
  const begin = input.offset;
  const bytes = yield* input.upTo(28);
  if (bytes.length === 0) return undefined;
  if (bytes.length < 28) input.refuse(begin, `the head of a packet takes 28 bytes, ${bytes.length} are left`);
  const words = viewOf(bytes);
  const head = {
    type: words.getInt16(0, true),
    source: words.getInt16(2, true),
    size: words.getInt32(4, true),
    timeOffset: words.getInt32(8, true),
    overflow: words.getInt32(12, true),
    count: words.getInt32(20, true),
  };
  const { type, size, timeOffset, overflow, count } = head;
  const isWhole = type >= 0 && size > 0 && overflow >= 0 && overflow < 2 ** 20 && count >= 0;
  if (!isWhole) input.refuse(begin, `no packet: type ${type}, events of ${size} bytes, overflow ${overflow}, ${count} events`);
  if (type === polarity && (size !== 8 || timeOffset !== 4))
    input.refuse(begin, `polarity events of ${size} bytes with times at ${timeOffset}, known are 8 and 4`);
  return head;
}

function* polarityEvents(input: EventInput, events: EventSink, { overflow, count }: PacketHead): Reading {
  const base = overflow * 2 ** 31;
  const begin = input.offset;
  for (let left = count; left > 0; ) {
    const asked = Math.min(left, 8192);
    const bytes = yield* input.upTo(8 * asked);
    if (bytes.length < 8 * asked) input.refuse(begin, `a packet of ${count} events takes ${8 * count} bytes, fewer are left`);
    const words = viewOf(bytes);
    for (let at = 0; at < bytes.length; at += 8) {
      const word = words.getUint32(at, true);
      if ((word & 1) === 0) events.skip('invalid events');
      else events.add(word >>> 17, (word >>> 2) & 0x7fff, (word >>> 1) & 1, base + words.getInt32(at + 4, true));
    }
    left -= asked;
  }
}
