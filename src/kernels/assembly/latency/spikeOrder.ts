import { at } from '../lanes';

/** Words of scratch that {@link sortSpikes} takes for so many neurons. */
@inline
export function orderWords(count: i32, steps: i32): i32 {
  return 2 * count + steps + 4;
}

/**
 * Sorts the spikes of an image by their time, those of one time by their place.
 *
 * @param times  a byte each, `steps` or more for never; up to 15 bytes behind them are read.
 * @param order  receives steps + 1 addresses: the places of the spikes at step t lie from order[t] to order[t + 1].
 */
export function sortSpikes(count: i32, times: usize, steps: i32, order: usize): void {
  const sorted = at(order, steps + 2);
  const found = at(sorted, count);
  memory.fill(order, 0, at(0, steps + 2));
  const end = collectSpikes(count, times, steps, found);
  for (let p = found; p < end; p += 4) {
    const counter = at(order, <i32>load<u8>(times + <usize>load<u32>(p)) + 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  // order[t + 1] is where the next spike of step t goes; after the last it is where step t + 1 begins.
  let next = <u32>sorted;
  for (let t = 0; t <= steps; t++) {
    next += load<u32>(at(order, t + 1)) << 2;
    store<u32>(at(order, t + 1), next);
  }
  store<u32>(order, <u32>sorted);
  for (let p = found; p < end; p += 4) {
    const place = load<u32>(p);
    const slot = at(order, <i32>load<u8>(times + <usize>place) + 1);
    const to = load<u32>(slot);
    store<u32>(<usize>to, place);
    store<u32>(slot, to + 4);
  }
}

/** Lists the places that spike at all. */
@inline
function collectSpikes(count: i32, times: usize, steps: i32, found: usize): usize {
  const never = i8x16.splat(<i8>steps);
  let next = found;
  for (let i = 0; i < count; i += 64) {
    for (let mask = spikesOf64(times + <usize>i, never, count - i); mask; mask &= mask - 1) {
      store<u32>(next, i + <i32>ctz(mask));
      next += 4;
    }
  }
  return next;
}

/** Which of the next 64 neurons spike, as bits. */
@inline
function spikesOf64(p: usize, never: v128, left: i32): u64 {
  let mask: u64 = <u64>i8x16.bitmask(i8x16.lt_u(v128.load(p), never));
  if (left > 16) mask |= (<u64>i8x16.bitmask(i8x16.lt_u(v128.load(p, 16), never))) << 16;
  if (left > 32) mask |= (<u64>i8x16.bitmask(i8x16.lt_u(v128.load(p, 32), never))) << 32;
  if (left > 48) mask |= (<u64>i8x16.bitmask(i8x16.lt_u(v128.load(p, 48), never))) << 48;
  return left < 64 ? mask & (((<u64>1) << left) - 1) : mask;
}
