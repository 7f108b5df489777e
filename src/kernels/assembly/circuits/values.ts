/** Values below 1e-30 as 0: the smallest floats are slow. */
@inline
export function flush(values: v128): v128 {
  return v128.and(values, f32x4.gt(f32x4.abs(values), f32x4.splat(1e-30)));
}

/** Which of four neurons are above their limits and may fire, as bits. */
@inline
export function exceeds(v: v128, limit: v128, isHeld: v128): i32 {
  return i32x4.bitmask(v128.andnot(f32x4.gt(v, limit), isHeld));
}

/** Adds to a number in memory. */
@inline
export function add(address: usize, amount: f32): void {
  store<f32>(address, load<f32>(address) + amount);
}
