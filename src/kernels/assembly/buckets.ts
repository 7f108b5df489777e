import { EVENT } from './eventLists';
import { at } from './lanes';

// The active places of one image, channel by channel. Each channel has a bucket with room for every position.

/** Whether any activity of the last image was something else than 1. */
export let graded: bool = false;

/** Words that the buckets of an image take. */
@inline
export function bucketWords(positions: i32, depth: i32): i32 {
  return depth * (2 * positions + 1);
}

/**
 * Sorts an image's activity into buckets.
 *
 * @param rowBytes     what a row down adds to the offset of an event.
 * @param columnBytes  what a column to the right adds.
 * @param ends         receives where each channel's bucket ends; bucket c begins at `bucket(buckets, positions, c)`.
 */
export function fillBuckets(
  rows: i32,
  columns: i32,
  depth: i32,
  image: usize,
  rowBytes: usize,
  columnBytes: usize,
  ends: usize,
  buckets: usize,
): void {
  const positions = rows * columns;
  for (let c = 0; c < depth; c++) store<u32>(at(ends, c), <u32>bucket(buckets, positions, c));
  graded = false;
  let p = image;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const offset = <u32>(<usize>y * rowBytes + <usize>x * columnBytes);
      let c = 0;
      for (; c + 4 <= depth; c += 4) {
        const z = v128.load(at(p, c));
        if (!v128.any_true(z)) continue;
        for (let mask = i32x4.bitmask(f32x4.ne(z, f32x4.splat(0))); mask; mask &= mask - 1) {
          const i = c + ctz(mask);
          put(at(ends, i), offset, load<f32>(at(p, i)));
        }
      }
      for (; c < depth; c++) {
        const z = load<f32>(at(p, c));
        if (z !== 0) put(at(ends, c), offset, z);
      }
      p = at(p, depth);
    }
  }
}

/** Where a channel's bucket begins. */
@inline
export function bucket(buckets: usize, positions: i32, channel: i32): usize {
  return buckets + <usize>(positions * channel) * EVENT;
}

@inline
function put(end: usize, offset: u32, value: f32): void {
  const event = <usize>load<u32>(end);
  store<u32>(event, offset);
  store<f32>(event, value, 4);
  store<u32>(end, <u32>(event + EVENT));
  if (value !== 1) graded = true;
}
