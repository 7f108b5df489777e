import { byteAt } from '../../core/at.js';
import { viewOf } from '../eventInput.js';
import { type Output, unpackedInto } from './output.js';

/** What a frame of LZ4 begins with. */
export const lz4Magic = 0x184d2204;

/**
 * A frame of LZ4, unpacked: its blocks may be linked, and there may be sizes and checksums, which are passed over.
 *
 * @param most  bytes beyond which it is refused.
 * @throws {Error} what is wrong, and at which byte; it is never a {@link RangeError} of an array.
 *
 * Source: Y. Collet, "LZ4 frame format" and "LZ4 block format".
 */
export function unpackLz4(bytes: Uint8Array, most: number): Uint8Array {
  const words = viewOf(bytes);
  return unpackedInto(most, (output) => {
    if (bytes.length < 7 || words.getUint32(0, true) !== lz4Magic) throw new Error('0: no frame of LZ4');
    const flags = byteAt(bytes, 4);
    const [hasBlockSums, hasSize, hasDictionary] = [flags & 0x10, flags & 0x08, flags & 0x01];
    if (flags >>> 6 !== 1 || hasDictionary !== 0) throw new Error('4: a version or a dictionary of LZ4 that is not known');
    let at = hasSize !== 0 ? 15 : 7;
    for (;;) {
      if (at + 4 > bytes.length) throw new Error(`${at}: LZ4 has no end`);
      const word = words.getUint32(at, true);
      at += 4;
      if (word === 0) return;
      const end = at + (word & 0x7fffffff);
      if (end > bytes.length) throw new Error(`${at}: a block of LZ4 has ${end - at} bytes, ${bytes.length - at} are left`);
      if (word >>> 31 === 1) output.append(bytes.subarray(at, end));
      else unpackBlock(bytes, at, end, output);
      at = hasBlockSums !== 0 ? end + 4 : end;
    }
  });
}

/** Sequences of literals, and of what came before. */
function unpackBlock(bytes: Uint8Array, begin: number, end: number, output: Output): void {
  let at = begin;
  const next = (): number => {
    if (at >= end) throw new Error(`${at}: a block of LZ4 ends too early`);
    return byteAt(bytes, at++);
  };
  /** A length of four bits, and more bytes where these are full. */
  const length = (bits: number): number => {
    if (bits < 15) return bits;
    for (let sum = bits; ; ) {
      const more = next();
      sum += more;
      if (more < 255) return sum;
    }
  };
  while (at < end) {
    const token = next();
    const literals = length(token >>> 4);
    if (at + literals > end) throw new Error(`${at}: a block of LZ4 ends too early`);
    output.append(bytes.subarray(at, at + literals));
    at += literals;
    if (at >= end) return; // the last sequence has no match
    const distance = next() | (next() << 8);
    const matched = length(token & 15) + 4;
    if (!output.repeat(distance, matched)) throw new Error(`${at}: LZ4 goes back ${distance} bytes of ${output.length}`);
  }
}
