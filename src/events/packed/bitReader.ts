import { byteAt } from '../../core/at.js';

/** Bits from the first byte on, the lowest first. */
export interface BitReader {
  /** So many bits, no more than 24. */
  bits(count: number): number;
  /** How many bytes were begun. */
  readonly bytes: number;
}

export function forwards(bytes: Uint8Array): BitReader {
  let at = 0;
  return {
    bits(count) {
      if (at + count > 8 * bytes.length) throw new Error('0: ZSTD ends within a table');
      let value = 0;
      for (let bit = 0; bit < count; bit++, at++) value += ((byteAt(bytes, at >>> 3) >>> (at & 7)) & 1) * 2 ** bit;
      return value;
    },
    get bytes() {
      return Math.ceil(at / 8);
    },
  };
}

/** Bits from the last byte back, the highest first. */
export interface BackwardReader {
  /** So many bits, no more than 31; beyond the beginning they are 0. */
  bits(count: number): number;
  /** The bits that come next, without taking them. */
  peek(count: number): number;
  /** How many bits are left; below 0: how many were taken beyond the beginning. */
  readonly left: number;
}

/** The bits before the highest 1 of the last byte, which marks their end. */
export function backwards(bytes: Uint8Array): BackwardReader {
  const last = bytes[bytes.length - 1];
  if (last === undefined || last === 0) throw new Error('0: a stream of bits of ZSTD has no end');
  let left = 8 * bytes.length - 8 + (31 - Math.clz32(last));
  const peek = (count: number): number => {
    let value = 0;
    // Byte by byte, from the lowest that is asked for.
    const begin = left - count;
    for (let index = begin >> 3, shift = (begin >> 3) * 8 - begin; shift < count; index++, shift += 8) {
      const byte = bytes[index] ?? 0; // before the first there are zeros
      value += shift < 0 ? byte >>> -shift : byte * 2 ** shift;
    }
    return value % 2 ** count;
  };
  return {
    peek,
    bits(count) {
      const value = peek(count);
      left -= count;
      return value;
    },
    get left() {
      return left;
    },
  };
}
