const { fround } = Math;
const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** base^mu for a positive normal base, by the polynomials of assembly/change/dependence.ts. */
export const power = (base: number, mu: number): number => exp2(fround(mu * log2(base)));

/** The binary logarithm of a positive normal number. */
export function log2(x: number): number {
  float[0] = x;
  const word = bits[0] ?? 0;
  bits[0] = (word & 0x7fffff) | 0x3f800000;
  const mantissa = float[0] ?? 0;
  const large = mantissa > fround(Math.SQRT2);
  const exponent = (word >>> 23) - 127 + (large ? 1 : 0);
  const f = fround((large ? fround(mantissa * 0.5) : mantissa) - 1);
  const s = fround(f / fround(2 + f));
  const z = fround(s * s);
  const sum = [0.28579, 0.39999977, 0.66666669, 2].reduce(
    (inner, next) => fround(fround(next) + fround(z * inner)),
    fround(0.2324),
  );
  return fround(exponent + fround(fround(s * sum) * fround(Math.LOG2E)));
}

function exp2(x: number): number {
  const bounded = Math.max(x, -126);
  const whole = roundToEven(bounded);
  const f = fround(bounded - whole);
  const terms = [0.00133981, 0.00961842, 0.0555032, 0.240226462, 0.693147182, 1];
  const sum = terms.reduce((inner, next) => fround(fround(next) + fround(f * inner)), fround(0.000154));
  bits[0] = (whole + 127) << 23;
  return fround(sum * (float[0] ?? 0));
}

/** The nearest integer, the even one of two. */
function roundToEven(x: number): number {
  const below = Math.floor(x);
  const part = x - below;
  if (part !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
