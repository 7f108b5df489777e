import { at } from '../lanes';
import { activeOf64 } from '../spikes';

// Rank order: the stronger a value, the earlier its spike, equally many in each bin; equal ones by their place.

/** Words of scratch that {@link rankOrder} takes for so many values. */
@inline
export function rankOrderWords(count: i32): i32 {
  return 4 * count + 256;
}

/**
 * The bins of positive values; the weakest ones that don't fill a bin go into the last.
 *
 * @param values  [maps, pixels], ≥ 0.
 * @param out     receives [pixels, maps], a byte each, `bins` for never.
 */
export function rankOrder(maps: i32, pixels: i32, values: usize, bins: i32, out: usize, scratch: usize): void {
  const other = at(scratch, 2 * maps * pixels);
  let keys = scratch;
  for (let map = 0; map < maps; map++) keys = collectKeys(pixels, at(values, map * pixels), map, maps, keys);
  const count = <i32>((keys - scratch) >> 3);
  for (let shift = 0; shift < 32; shift += 16) {
    sortByByte(count, scratch, shift, other, at(other, 2 * maps * pixels));
    sortByByte(count, other, shift + 8, scratch, at(other, 2 * maps * pixels));
  }
  memory.fill(out, <u8>bins, maps * pixels);
  const perBin = max(1, count / bins);
  let bin = 0;
  for (let rank = 0, last = perBin; rank < count; rank++) {
    if (rank === last && bin < bins - 1) {
      bin++;
      last += perBin;
    }
    store<u8>(out + <usize>load<u32>(at(scratch, 2 * rank + 1)), bin);
  }
}

/** Lists keys that rise as the positive values of a map fall, each with its place in [count, maps]; answers where the list ends. */
function collectKeys(count: i32, values: usize, map: i32, maps: i32, pairs: usize): usize {
  let next = pairs;
  for (let i = 0; i < count; i += 64) {
    for (let mask = activeOf64(values, i, count); mask; mask &= mask - 1) {
      const place = i + <i32>ctz(mask);
      store<u32>(next, ~load<u32>(at(values, place)));
      store<i32>(next, place * maps + map, 4);
      next += 8;
    }
  }
  return next;
}

/** One pass of a radix sort, which keeps the order of equal bytes. */
function sortByByte(count: i32, pairs: usize, shift: i32, out: usize, counters: usize): void {
  memory.fill(counters, 0, 1024);
  const end = pairs + ((<usize>count) << 3);
  for (let p = pairs; p < end; p += 8) {
    const counter = at(counters, (load<u32>(p) >> shift) & 255);
    store<u32>(counter, load<u32>(counter) + 8);
  }
  let next = <u32>out;
  for (let counter = counters; counter < counters + 1024; counter += 4) {
    const size = load<u32>(counter);
    store<u32>(counter, next);
    next += size;
  }
  for (let p = pairs; p < end; p += 8) {
    const counter = at(counters, (load<u32>(p) >> shift) & 255);
    const to = load<u32>(counter);
    store<u64>(<usize>to, load<u64>(p));
    store<u32>(counter, to + 8);
  }
}
