import { byteAt } from '../../core/at.js';
import type { EventFormat } from '../eventFormat.js';

/** The side of the sensor that N-MNIST was recorded with, and the row that marks an overflow of the time. */
const [side, overflow] = [34, 240];

/**
 * N-MNIST's `.bin`, and `.bs2` as SLAYER writes the same: five bytes an event, x, y, and a big-endian word of 24 bits, p = bit 23 and the
 * time in µs below it. An event in row 240 is none: times after it are 2¹³ µs later.
 *
 * The files have no header: they are known by every event of the beginning lying on the 34 × 34 sensor, in order of time.
 *
 * Source: G. Orchard et al. 2015, "Converting static image datasets to spiking neuromorphic datasets using saccades".
 */
export const nmnist: EventFormat = {
  name: 'N-MNIST',
  begins(head) {
    let last = 0;
    for (let at = 0; at + 5 <= head.length; at += 5) {
      const isMark = byteAt(head, at + 1) === overflow;
      const time = timeAt(head, at);
      if (!isMark && (byteAt(head, at) >= side || byteAt(head, at + 1) >= side || time < last)) return false;
      last = isMark ? 0 : time;
    }
    return head.length >= 5;
  },
  *read(input, events) {
    events.sensor(side, side);
    events.told = 'origin top left, ON where the stored bit is 1';
    let base = 0;
    const left = yield* input.words(5, (words) => {
      const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
      for (let at = 0; at < bytes.length; at += 5) {
        const y = byteAt(bytes, at + 1);
        if (y === overflow) {
          base += 2 ** 13;
          events.skip('marks of overflow');
        } else events.add(byteAt(bytes, at), y, byteAt(bytes, at + 2) >>> 7, base + timeAt(bytes, at));
      }
    });
    if (left > 0) input.refuse(input.offset - left, `an event takes 5 bytes, ${left} are left`);
  },
};

const timeAt = (bytes: Uint8Array, at: number): number =>
  ((byteAt(bytes, at + 2) & 0x7f) << 16) | (byteAt(bytes, at + 3) << 8) | byteAt(bytes, at + 4);
