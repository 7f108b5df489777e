// How the size of a change depends on the weight before it: the factor of one side as a function of the headroom
// that is left up or down. The codes are those of kernels/dependence.ts.

export const ADDITIVE: i32 = 0;
export const STEP: i32 = 1;
export const LINEAR: i32 = 2;
export const RELU: i32 = 3;
export const SOFT: i32 = 4;
export const ROOT: i32 = 5;
export const POWER: i32 = 6;
export const ODD_POWER: i32 = 7;
export const EVEN_POWER: i32 = 8;

/** The factor where `headroom` is left on the side of the change and `rest` on the other. */
export function factorOf(code: i32, headroom: v128, rest: v128, mu: v128): v128 {
  const none = f32x4.splat(0);
  switch (code) {
    case STEP:
      return v128.and(f32x4.splat(1), f32x4.gt(headroom, none));
    case LINEAR:
      return headroom;
    case RELU:
      return f32x4.pmax(headroom, none);
    case SOFT:
      return f32x4.mul(headroom, rest);
    case ROOT:
      return v128.and(f32x4.sqrt(headroom), f32x4.gt(headroom, none));
    case POWER:
      return fractionalPower(headroom, mu);
    case ODD_POWER:
      return v128.xor(evenPower(headroom, mu), v128.and(headroom, i32x4.splat(0x80000000)));
    case EVEN_POWER:
      return evenPower(headroom, mu);
    default:
      return f32x4.splat(1);
  }
}

/** headroom^mu, 0 where no headroom is left. */
@inline
export function fractionalPower(headroom: v128, mu: v128): v128 {
  return v128.and(power(headroom, mu), f32x4.gt(headroom, f32x4.splat(0)));
}

function evenPower(base: v128, mu: v128): v128 {
  const size = f32x4.abs(base);
  return v128.and(power(size, mu), f32x4.gt(size, f32x4.splat(0)));
}

/** base^mu for positive normal bases, within 5e-7: 2^(mu·log2 base). */
@inline
function power(base: v128, mu: v128): v128 {
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
function exp2(x: v128): v128 {
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
