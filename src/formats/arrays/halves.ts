import { wordAt } from '../../core/at.js';

/** Floats of 16 bits: IEEE's, and the upper half of a float32. */
export type HalfType = 'float16' | 'bfloat16';

export const isHalf = (dtype: string): dtype is HalfType => dtype === 'float16' || dtype === 'bfloat16';

/** The same values as float32: every one has its like there, and so does every NaN. */
export function widened(dtype: HalfType, halves: Uint16Array): Float32Array {
  const widen = widening[dtype];
  // As words: whoever reads a NaN as a number may get another NaN.
  return new Float32Array(Uint32Array.from(halves, widen).buffer);
}

/** Float32 values in 16 bits; undefined where that would change one. */
export function narrowed(dtype: HalfType, values: Float32Array): Uint16Array | undefined {
  const [widen, narrow] = [widening[dtype], narrowing[dtype]];
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = Uint16Array.from(words, narrow);
  return halves.every((half, index) => widen(half) === wordAt(words, index)) ? halves : undefined;
}

/** The bits of a float32, as an unsigned word, of those of a half. */
const widening = {
  bfloat16: (half: number): number => (half << 16) >>> 0,
  float16(half: number): number {
    const [sign, exponent, fraction] = [(half & 0x8000) << 16, (half >>> 10) & 0x1f, half & 0x3ff];
    if (exponent === 0x1f) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
    if (exponent > 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
    if (fraction === 0) return sign >>> 0;
    const shift = Math.clz32(fraction) - 21; // Of what float16 holds below its least exponent, float32 has the leading one as implied.
    return (sign | ((113 - shift) << 23) | ((fraction << (13 + shift)) & 0x7fffff)) >>> 0;
  },
};

/** The bits of the only half that may have the value. */
const narrowing = {
  bfloat16: (word: number): number => word >>> 16,
  float16(word: number): number {
    const [sign, exponent, fraction] = [(word >>> 16) & 0x8000, ((word >>> 23) & 0xff) - 112, word & 0x7fffff];
    if (exponent >= 0x1f) return sign | 0x7c00 | (fraction >>> 13);
    if (exponent > 0) return sign | (exponent << 10) | (fraction >>> 13);
    return sign | ((0x800000 | fraction) >>> Math.min(14 - exponent, 31));
  },
};
