import type { EventFormat } from '../eventFormat.js';
import { latin1 } from '../eventInput.js';
import { wrappingCounter } from './counter.js';
import { sizeIn } from './percentHeader.js';

const [off, on, timeHigh, trigger] = [0x0, 0x1, 0x8, 0xa];

/**
 * Prophesee's RAW of EVT 2.0: lines that begin with `%`, then little-endian 32-bit words, their type in the upper four bits:
 *
 *     OFF and ON   y = bits 0–10, x = bits 11–21, the lower six bits of the time = bits 22–27
 *     TIME_HIGH    the upper 28 bits of the time, µs; what comes before the first has no time and is dropped
 *
 * Source: Prophesee, "EVT 2.0 format".
 */
export const evt2: EventFormat = {
  name: 'EVT 2.0',
  begins: (head) => head[0] === 0x25 && /^% (evt 2\.0|format EVT2\b)/m.test(latin1(head.subarray(0, 4096))),
  *read(input, events) {
    const sensor = sizeIn(yield* input.header('% ', '% end'));
    events.within(2 ** 11, 2 ** 11);
    if (sensor !== undefined) events.sensor(...sensor);
    events.told = 'origin top left, ON where the stored bit is 1';
    const counter = wrappingCounter(2 ** 28, 11);
    let high: number | undefined;
    const left = yield* input.words(4, (words) => {
      for (let at = 0; at < words.byteLength; at += 4) {
        const word = words.getUint32(at, true);
        const type = word >>> 28;
        if (type === timeHigh) high = counter(word & 0xfffffff) * 64;
        else if (type !== off && type !== on) events.skip(type === trigger ? 'triggers' : 'other words');
        else if (high === undefined) events.skip('events before the first time');
        else events.add((word >>> 11) & 0x7ff, word & 0x7ff, type, high + ((word >>> 22) & 0x3f));
      }
    });
    events.skip('trailing bytes', left);
  },
};
