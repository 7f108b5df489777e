import { colours } from '../ui/Figure.js';
import type { Recording } from './protocol.js';

/** Events drawn in a picture, at most: the latest. */
const mostDrawn = 200_000;

/** Red, green and blue in one word, as the bytes of a picture are ordered. */
const word = (hex: string): number =>
  [1, 3, 5].reduce((sum, start, index) => sum + Number.parseInt(hex.slice(start, start + 2), 16) * 256 ** index, 0);
const [off, on] = [word(colours.first), word(colours.second)];

/**
 * The events of the last `fade` µs as they stand at a time: each pixel in the colour of its latest event, which pales with its age.
 *
 * @param picture  `height · width` words of red, green, blue and opacity, from the lowest byte on: written anew.
 */
export function drawFrame({ x, y, p, t, width }: Recording, now: number, fade: number, picture: Uint32Array): void {
  picture.fill(0);
  const end = countUntil(t, now);
  const begin = Math.max(countUntil(t, now - fade), end - mostDrawn);
  for (let index = begin; index < end; index++) {
    const opacity = Math.round(255 * (1 - (now - Number(t[index])) / fade));
    picture[Number(y[index]) * width + Number(x[index])] = (p[index] === 1 ? on : off) + opacity * 2 ** 24;
  }
}

/** How many events there are up to a time. */
function countUntil(t: Float64Array, time: number): number {
  let [low, high] = [0, t.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(t[middle]) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
