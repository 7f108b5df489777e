import type { EventFormat } from '../eventFormat.js';
import { latin1 } from '../eventInput.js';
import type { EventSink } from '../eventSink.js';
import { wrappingCounter } from './counter.js';
import { sizeIn } from './percentHeader.js';

/**
 * Prophesee's RAW of EVT 3.0: lines that begin with `%`, then little-endian 16-bit words, their type in the upper four bits. Each changes
 * one register, and the events have what stands there:
 *
 *     ADDR_Y       y
 *     ADDR_X       an event at x, with its polarity
 *     VECT_BASE_X  the x at which a vector begins, with its polarity
 *     VECT_12 / 8  an event at each of the next 12 or 8 columns whose bit is set; the base advances by as many
 *     TIME_LOW     the lower twelve bits of the time, µs
 *     TIME_HIGH    the upper twelve; the lower ones are 0 then. What comes before the first has no time and is dropped
 *
 * Source: Prophesee, "EVT 3.0 format".
 */
export const evt3: EventFormat = {
  name: 'EVT 3.0',
  begins: (head) => head[0] === 0x25 && /^% (evt 3\.0|format EVT3\b)/m.test(latin1(head.subarray(0, 4096))),
  *read(input, events) {
    const sensor = sizeIn(yield* input.header('% ', '% end'));
    events.within(2 ** 11, 2 ** 11);
    if (sensor !== undefined) events.sensor(...sensor);
    events.told = 'origin top left, ON where the stored bit is 1';
    const word = evt3Words(events);
    const left = yield* input.words(2, (words) => {
      for (let at = 0; at < words.byteLength; at += 2) word(words.getUint16(at, true));
    });
    events.skip('trailing bytes', left);
  },
};

function evt3Words(events: EventSink): (word: number) => void {
  const counter = wrappingCounter(2 ** 12, 11);
  let [y, base, polarity, high, low] = [0, 0, 0, Number.NaN, 0];
  const add = (x: number, p: number): void => {
    if (Number.isNaN(high)) events.skip('events before the first time');
    else events.add(x, y, p, high + low);
  };
  const vector = (bits: number, length: number): void => {
    for (let column = 0; column < length; column++) if (((bits >>> column) & 1) === 1) add(base + column, polarity);
    base = Math.min(base + length, 2 ** 15);
  };
  return (word) => {
    const value = word & 0xfff;
    switch (word >>> 12) {
      case 0x0:
        y = value & 0x7ff;
        return;
      case 0x2:
        add(value & 0x7ff, value >>> 11);
        return;
      case 0x3:
        [base, polarity] = [value & 0x7ff, value >>> 11];
        return;
      case 0x4:
        vector(value, 12);
        return;
      case 0x5:
        vector(value & 0xff, 8);
        return;
      case 0x6:
        low = value;
        return;
      case 0x8:
        [high, low] = [counter(value) * 4096, 0];
        return;
      case 0xa:
        events.skip('triggers');
        return;
      default:
        events.skip('other words');
    }
  };
}
