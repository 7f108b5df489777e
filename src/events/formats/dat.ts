import type { EventFormat } from '../eventFormat.js';
import { latin1 } from '../eventInput.js';
import { wrappingCounter } from './counter.js';
import { numberOf } from './percentHeader.js';

/**
 * Prophesee's DAT: lines that begin with `%`, a byte for the type of event and one for its size, then pairs of little-endian 32-bit
 * words, a time in µs and an address: x = bits 0–13, y = bits 14–27, p = bit 28.
 *
 * Source: Prophesee, "DAT file format"; OpenEB, EventCD and Event2d.
 */
export const dat: EventFormat = {
  name: 'DAT',
  begins: (head) => head[0] === 0x25 && /^% (Data file containing|Version \d)/m.test(textOf(head)),
  *read(input, events) {
    const header = yield* input.header('% ', '% end');
    const version = numberOf(header, /^% Version (\d+)/);
    if (version !== undefined && version !== 2) input.refuse(0, `version ${version} of DAT, known is 2`);
    const begin = input.offset;
    const [type, size] = yield* input.exactly(2, 'what tells type and size of events');
    const isKnown = (type === 0 || type === 12) && size === 8;
    if (!isKnown) input.refuse(begin, `events of type ${type} with ${size} bytes, known are types 0 and 12 with 8`);
    const [width, height] = [numberOf(header, /^% Width (\d+)/), numberOf(header, /^% Height (\d+)/)];
    if (width && height) events.sensor(width, height);
    events.told = 'origin top left, ON where the stored bit is 1';
    const time = wrappingCounter(2 ** 32, 2 ** 20);
    const left = yield* input.words(8, (words) => {
      for (let at = 0; at < words.byteLength; at += 8) {
        const address = words.getUint32(at + 4, true);
        events.add(address & 0x3fff, (address >>> 14) & 0x3fff, (address >>> 28) & 1, time(words.getUint32(at, true)));
      }
    });
    events.skip('trailing bytes', left);
  },
};

const textOf = (head: Uint8Array): string => latin1(head.subarray(0, 4096));
