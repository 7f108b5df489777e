import { ensure } from '../../core/errors.js';

/** How a heap of texts in an HDF5 file begins: its name and version 1. */
const signature = [...new TextEncoder().encode('GCOL'), 1, 0, 0, 0];
const headerBytes = 16;

/**
 * Walks through the heaps in which HDF5 keeps texts: the library goes round for ever in one whose pieces have no length.
 *
 * @throws {StdpError} when a piece has none, or reaches beyond its heap.
 */
export function checkTexts(bytes: Uint8Array, where: string, file: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengthAt = (offset: number): number => Number(view.getBigUint64(offset, true));
  for (let begin = 0; begin + headerBytes <= bytes.length; begin += 8) {
    if (!signature.every((byte, index) => bytes[begin + index] === byte)) continue;
    const end = begin + lengthAt(begin + 8);
    let at = begin + headerBytes;
    const require = (condition: boolean) => ensure(condition, where, file, () => `has texts at byte ${begin} that are damaged`);
    require(end <= bytes.length);
    while (at + headerBytes <= end) {
      const length = lengthAt(at + 8);
      const isFree = view.getUint16(at, true) === 0;
      require(!isFree || length >= headerBytes);
      at += isFree ? length : headerBytes + Math.ceil(length / 8) * 8;
      require(at <= end);
    }
  }
}
