// Powers of four numbers at a time, by polynomials.

/** base^mu for positive normal bases, within 5e-7: 2^(mu·log2 base). */
@inline
export function pow(base: v128, mu: v128): v128 {
  return exp2(f32x4.mul(mu, log2(base)));
}

/** Through atanh: log2 m = 2/ln 2 · (s + s³/3 + …), s = (m − 1)/(m + 1), for m in [√½, √2). */
@inline
export function log2(x: v128): v128 {
  const exponent = i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127));
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f800000));
  const large = f32x4.gt(mantissa, f32x4.splat(1.41421356));
  const m = v128.bitselect(f32x4.mul(mantissa, f32x4.splat(0.5)), mantissa, large);
  const f = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f32x4.splat(2), f));
  const z = f32x4.mul(s, s);
  let sum = f32x4.add(f32x4.splat(0.28579), f32x4.mul(z, f32x4.splat(0.2324)));
  sum = f32x4.add(f32x4.splat(0.39999977), f32x4.mul(z, sum));
  sum = f32x4.add(f32x4.splat(0.66666669), f32x4.mul(z, sum));
  sum = f32x4.add(f32x4.splat(2), f32x4.mul(z, sum));
  return f32x4.add(f32x4.convert_i32x4_s(i32x4.sub(exponent, large)), f32x4.mul(f32x4.mul(s, sum), f32x4.splat(1.44269504)));
}

/** 2^x by a polynomial of degree six around the nearest integer. */
@inline
export function exp2(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(-126));
  const whole = f32x4.nearest(bounded);
  const f = f32x4.sub(bounded, whole);
  let sum = f32x4.add(f32x4.splat(0.00133981), f32x4.mul(f, f32x4.splat(0.000154)));
  sum = f32x4.add(f32x4.splat(0.00961842), f32x4.mul(f, sum));
  sum = f32x4.add(f32x4.splat(0.0555032), f32x4.mul(f, sum));
  sum = f32x4.add(f32x4.splat(0.240226462), f32x4.mul(f, sum));
  sum = f32x4.add(f32x4.splat(0.693147182), f32x4.mul(f, sum));
  sum = f32x4.add(f32x4.splat(1), f32x4.mul(f, sum));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(sum, scale);
}
