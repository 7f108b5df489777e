import { at, byteAt, doubleAt } from '../../core/at.js';
import type { EventList } from '../../events/eventList.js';

/** When the first of three saccades begins, and how long each lasts, µs. */
export interface Saccades {
  readonly begin: number;
  readonly length: number;
}

const saccades = 3;

/** Those of N-MNIST, whose camera moves three times while it looks at a digit. */
export const saccadesOf: Saccades = { begin: 0, length: 105_000 };

/** Thirds of a recording, from its first event to its last. */
export function thirdsOf(times: Float64Array): Saccades {
  let [begin, end] = [never, -never];
  for (let index = 0; index < times.length; index++) {
    begin = Math.min(begin, doubleAt(times, index));
    end = Math.max(end, doubleAt(times, index));
  }
  return times.length === 0 ? saccadesOf : { begin, length: (end - begin + 1) / saccades };
}

/** Of a picture of latencies: OFF and ON in each of the saccades. */
export const saccadeChannels = 6 as const;

/** The value of the earliest, and the range down to that of the latest: 0 is for what never came. */
const [earliest, range] = [255, 254];

/**
 * How early each pixel answers in each of three saccades s of length T, as a picture that is brightest where it is earliest:
 *
 *     v[y, x, 2s + p] = 255 − ⌊254 · (t − s · T) / T⌋,  0 where there is no such t
 *
 * with t the time, since the begin, of the second event of polarity p that the pixel has in saccade s: a single one is mostly noise.
 *
 * @returns `height · width · 6` bytes.
 *
 * Source: G. Orchard et al. 2015, "Converting static image datasets to spiking neuromorphic datasets using saccades", for the saccades.
 */
export function saccadeLatencies({ x, y, p, t, width, height }: EventList, { begin, length } = saccadesOf): Uint8Array {
  const places = height * width * saccadeChannels;
  const [first, second] = [new Float64Array(places).fill(never), new Float64Array(places).fill(never)];
  for (let index = 0; index < t.length; index++) {
    const time = (doubleAt(t, index) - begin) / length;
    const channel = 2 * saccadeOf(time) + byteAt(p, index);
    const place = (at(y, index) * width + at(x, index)) * saccadeChannels + channel;
    second[place] = Math.min(doubleAt(second, place), Math.max(doubleAt(first, place), time));
    first[place] = Math.min(doubleAt(first, place), time);
  }
  return Uint8Array.from(second, (time) => (time === never ? 0 : brightness(time)));
}

const never = Number.POSITIVE_INFINITY;

/** The last lasts until the end of the sample. Times are in lengths of a saccade. */
const saccadeOf = (time: number): number => Math.min(saccades - 1, Math.max(0, Math.floor(time)));

function brightness(time: number): number {
  const passed = time - saccadeOf(time);
  return earliest - Math.floor(range * Math.min(1, Math.max(0, passed)));
}
