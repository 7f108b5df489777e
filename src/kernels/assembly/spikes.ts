import { at } from './lanes';

/** What {@link collect} answers when there are more events than it was to list. */
export const TOO_MANY: i32 = -1;

/**
 * Lists where `values` isn't 0, as byte offsets.
 *
 * @param list   room for `limit + 64` words.
 * @param limit  most events worth listing.
 * @returns how many, or TOO_MANY.
 */
export function collect(count: i32, values: usize, list: usize, limit: i32): i32 {
  const full = at(list, limit);
  let next = list;
  for (let i = 0; i < count; i += 64) {
    for (let mask = activeOf64(values, i, count); mask; mask &= mask - 1) {
      store<u32>(next, (i + <i32>ctz(mask)) << 2);
      next += 4;
    }
    if (next > full) return TOO_MANY;
  }
  return <i32>((next - list) >> 2);
}

/** Whether all the listed values are 1, so that nothing has to be multiplied with them. */
export function areOnes(values: usize, list: usize, count: i32): bool {
  const end = at(list, count);
  for (let p = list; p < end; p += 4) if (load<f32>(values + <usize>load<u32>(p)) !== 1) return false;
  return true;
}

/** Groups of 16 values that {@link estimateSpikes} looks at, at most. */
const GROUPS: i32 = 64;

/** About how many values aren't 0, from groups of 16 spread evenly over them. */
export function estimateSpikes(count: i32, values: usize): i32 {
  const none = f32x4.splat(0);
  const pace = 16 * max(1, count / 16 / GROUPS);
  let sums = i32x4.splat(0);
  let seen = 0;
  for (let i = 0; i + 16 <= count; i += pace) {
    const p = at(values, i);
    // A comparison that holds is −1.
    const first = i32x4.add(f32x4.ne(v128.load(p), none), f32x4.ne(v128.load(p, 16), none));
    const second = i32x4.add(f32x4.ne(v128.load(p, 32), none), f32x4.ne(v128.load(p, 48), none));
    sums = i32x4.sub(sums, i32x4.add(first, second));
    seen += 16;
  }
  let total =
    i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  for (let i = count & ~15; i < count; i++, seen++) total += i32(load<f32>(at(values, i)) !== 0);
  return <i32>((<i64>total * count) / max(seen, 1));
}

/**
 * Which of 64 values from i on aren't 0, as bits; none behind `count`. Many at once, because a loop over the bits of a mask
 * costs a wrong guess at its end.
 */
@inline
export function activeOf64(values: usize, i: i32, count: i32): u64 {
  const p = at(values, i);
  if (i + 64 > count) return activeOfRest(p, count - i);
  const low = ((<u64>activeOf16(p + 64)) << 16) | <u64>activeOf16(p);
  const high = ((<u64>activeOf16(p + 192)) << 16) | <u64>activeOf16(p + 128);
  return (high << 32) | low;
}

@inline
function activeOf16(p: usize): u32 {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  const none = f32x4.splat(0);
  const low = i16x8.narrow_i32x4_s(f32x4.ne(a, none), f32x4.ne(b, none));
  const high = i16x8.narrow_i32x4_s(f32x4.ne(c, none), f32x4.ne(d, none));
  return i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
}

function activeOfRest(p: usize, count: i32): u64 {
  let mask: u64 = 0;
  let k = 0;
  for (; k + 16 <= count; k += 16) mask |= (<u64>activeOf16(at(p, k))) << k;
  for (; k < count; k++) mask |= u64(load<f32>(at(p, k)) !== 0) << k;
  return mask;
}
