import { EVENT } from '../eventLists';
import { at } from '../lanes';
import { activeOf64 } from '../spikes';

// The active places of rows of an image, channel by channel. Each channel has a bucket with headroom for every position.

/** Whether any activity that was sorted last was something else than 1. */
export let graded: bool = false;

/** Words that the buckets of so many positions take. */
@inline
export function bucketWords(positions: i32, depth: i32): i32 {
  return depth * (2 * positions + 1);
}

/** Where a channel's bucket begins. */
@inline
export function bucket(buckets: usize, positions: i32, channel: i32): usize {
  return buckets + <usize>(positions * channel) * EVENT;
}

/**
 * Sorts the activity of some rows into buckets.
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
  const count = positions * depth;
  for (let c = 0; c < depth; c++) store<u32>(at(ends, c), <u32>bucket(buckets, positions, c));
  graded = false;
  const byDepth = reciprocal(depth);
  const byColumns = reciprocal(columns);
  for (let i = 0; i < count; i += 64) {
    for (let mask = activeOf64(image, i, count); mask; mask &= mask - 1) {
      const k = i + <i32>ctz(mask);
      const position = quotient(k, byDepth);
      const y = quotient(position, byColumns);
      const x = position - y * columns;
      const end = at(ends, k - position * depth);
      const event = <usize>load<u32>(end);
      const value = load<f32>(at(image, k));
      store<u32>(event, <u32>(<usize>y * rowBytes + <usize>x * columnBytes));
      store<f32>(event, value, 4);
      store<u32>(end, <u32>(event + EVENT));
      if (value !== 1) graded = true;
    }
  }
}

// Division by a constant as a product: exact while n · divisor stays below 2⁴⁰ and n / divisor below 2²⁴.

@inline
export function reciprocal(divisor: i32): u64 {
  return (((<u64>1) << 40) + <u64>divisor - 1) / <u64>divisor;
}

@inline
export function quotient(n: i32, inverse: u64): i32 {
  return <i32>((<u64>n * inverse) >> 40);
}
