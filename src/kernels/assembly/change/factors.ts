import { pow } from '../powers';

// What the factors of weight dependence are made of, see kernels/dependences.ts: four headrooms at a time.

@inline
export function positive(a: v128): v128 {
  return v128.and(f32x4.splat(1), f32x4.gt(a, f32x4.splat(0)));
}

@inline
export function relu(a: v128): v128 {
  return f32x4.pmax(a, f32x4.splat(0));
}

/** √a, 0 where a isn't above 0. */
@inline
export function root(a: v128): v128 {
  return v128.and(f32x4.sqrt(a), f32x4.gt(a, f32x4.splat(0)));
}

/** a^mu, 0 where a isn't above 0. */
@inline
export function fractionalPower(a: v128, mu: v128): v128 {
  return v128.and(pow(a, mu), f32x4.gt(a, f32x4.splat(0)));
}

/** {@link fractionalPower}, once for all that call it. */
export function power(a: v128, mu: v128): v128 {
  return fractionalPower(a, mu);
}

/** The sizes of the first with the signs of the second. */
@inline
export function signed(a: v128, sign: v128): v128 {
  return v128.xor(a, v128.and(sign, i32x4.splat(0x80000000)));
}
