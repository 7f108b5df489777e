// Four float32 lanes at a time. Addresses are bytes; counts are elements.

@inline
export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

@inline
export function clamp(value: f32, low: f32, high: f32): f32 {
  const raised = value < low ? low : value;
  return high < raised ? high : raised;
}

/** A w above this many bytes comes from memory, not from a cache. */
export const CACHED: usize = 16 << 20;

/** NaN stays NaN. */
@inline
export function clampLanes(value: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(value, low), high);
}

/** out = clamp(values), everywhere. */
export function clampAll(count: i32, values: usize, out: usize, low: f32, high: f32): void {
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  const whole = at(0, count & ~7);
  const end = at(0, count);
  let o: usize = 0;
  for (; o < whole; o += 32) {
    v128.store(out + o, clampLanes(v128.load(values + o), l, h));
    v128.store(out + o, clampLanes(v128.load(values + o, 16), l, h), 16);
  }
  for (; o < end; o += 4) store<f32>(out + o, clamp(load<f32>(values + o), low, high));
}

/** Sets so many words to 0. */
export function zero(count: i32, out: usize): void {
  memory.fill(out, 0, at(0, count));
}

/** Sets so many words to a value. */
export function fill(count: i32, out: usize, value: f32): void {
  const end = at(out, count);
  for (let p = out; p < end; p += 4) store<f32>(p, value);
}

/** Reads a word of each line of a row, so that the row is fetched as a stream. `sink` keeps the reads alive. */
@inline
export function touch(length: usize, row: usize, sink: usize): void {
  let seen = f32x4.splat(0);
  for (let o: usize = 0; o < length; o += 64) seen = v128.or(seen, v128.load32_zero(row + o));
  v128.store(sink, seen);
}

/** out = values, for what is too short to be worth a call of memory.copy. */
export function copyRow(count: i32, values: usize, out: usize): void {
  const whole = at(0, count & ~3);
  const end = at(0, count);
  let o: usize = 0;
  for (; o < whole; o += 16) v128.store(out + o, v128.load(values + o));
  for (; o < end; o += 4) store<f32>(out + o, load<f32>(values + o));
}

/** out = values. */
export function copy(count: i32, values: usize, out: usize): void {
  memory.copy(out, values, at(0, count));
}

/** sums += z · values */
@inline
export function addScaled(sums: usize, values: usize, z: f32, count: i32): void {
  const splat = f32x4.splat(z);
  const end = at(0, count);
  let o: usize = 0;
  for (; o + 32 <= end; o += 32) {
    const first = f32x4.add(v128.load(sums + o), f32x4.mul(splat, v128.load(values + o)));
    const second = f32x4.add(v128.load(sums + o, 16), f32x4.mul(splat, v128.load(values + o, 16)));
    v128.store(sums + o, first);
    v128.store(sums + o, second, 16);
  }
  for (; o + 16 <= end; o += 16) v128.store(sums + o, f32x4.add(v128.load(sums + o), f32x4.mul(splat, v128.load(values + o))));
  for (; o < end; o += 4) store<f32>(sums + o, load<f32>(sums + o) + z * load<f32>(values + o));
}
