import { ensure } from '../../core/errors.js';

/** How a heap of texts in an HDF5 file begins: its name and version 1. */
const signature = [...new TextEncoder().encode('GCOL'), 1, 0, 0, 0];
const headerBytes = 16;

/**
 * Walks through the heaps in which HDF5 keeps texts, and what refers to them: the library goes round for ever in a heap whose pieces have no
 * length, and takes memory, for good, for a text of any length that it is told.
 *
 * @throws {StdpError} when a piece has no length or reaches beyond its heap, or a text is told to be longer than the file.
 */
export function checkTexts(bytes: Uint8Array, where: string, file: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const heaps = new Map<number, ReadonlySet<number>>();
  for (let begin = 0; begin + headerBytes <= bytes.length; begin += 8)
    if (signature.every((byte, index) => bytes[begin + index] === byte)) heaps.set(begin, textsIn(view, begin, where, file));
  // A text is referred to by its length, its heap and its number there: 4, 8 and 4 bytes.
  for (let at = 0; heaps.size > 0 && at + 16 <= bytes.length; at++) {
    const texts = view.getUint32(at + 8, true) === 0 ? heaps.get(view.getUint32(at + 4, true)) : undefined;
    if (texts === undefined || !texts.has(view.getUint32(at + 12, true))) continue;
    const length = view.getUint32(at, true);
    ensure(
      length <= bytes.length,
      where,
      file,
      () => `tells at byte ${at} of a text of ${length} bytes, and has ${bytes.length}`,
    );
  }
}

/** The numbers of the texts in a heap. */
function textsIn(view: DataView, begin: number, where: string, file: string): ReadonlySet<number> {
  const lengthAt = (offset: number): number => Number(view.getBigUint64(offset, true));
  const end = begin + lengthAt(begin + 8);
  const require = (condition: boolean) => ensure(condition, where, file, () => `has texts at byte ${begin} that are damaged`);
  require(end <= view.byteLength);
  const numbers = new Set<number>();
  for (let at = begin + headerBytes; at + headerBytes <= end; ) {
    const [number, length] = [view.getUint16(at, true), lengthAt(at + 8)];
    const isFree = number === 0;
    require(!isFree || length >= headerBytes);
    if (!isFree) numbers.add(number);
    at += isFree ? length : headerBytes + Math.ceil(length / 8) * 8;
    require(at <= end);
  }
  return numbers;
}
