import { byteAt } from '../../core/at.js';
import type { HuffmanTable } from './huffman.js';
import { type Output, unpackedInto } from './output.js';
import { mostOfBlock, number, part, readLiterals } from './zstdLiterals.js';
import { type SequenceMemory, unpackSequences } from './zstdSequences.js';

/**
 * A frame of ZSTD, unpacked. A checksum is passed over; a dictionary is refused.
 *
 * The one decoder at hand for browsers goes on for ever in some damaged frames, so this is one of our own: every loop takes bits or bytes,
 * or makes some, of which there are `most`.
 *
 * @param most  bytes beyond which it is refused.
 * @throws {Error} what is wrong.
 *
 * Source: RFC 8878, "Zstandard compression and the application/zstd media type".
 */
export const unpackZstd = (bytes: Uint8Array, most: number): Uint8Array =>
  unpackedInto(most, (output) => {
    let at = headSize(bytes);
    const memory: Memory = { tables: [], distances: [1, 4, 8], huffman: undefined };
    for (let isLast = false; !isLast; ) {
      const head = number(part(bytes, at, 3));
      const [type, size] = [(head >>> 1) & 3, head >>> 3];
      at += 3;
      isLast = (head & 1) === 1;
      const length = type === 1 ? 1 : size;
      if (size > mostOfBlock) throw new Error(`${at}: a block of ZSTD of ${size} bytes`);
      unpackBlock(type, size, part(bytes, at, length), memory, output);
      at += length;
    }
  });

interface Memory extends SequenceMemory {
  huffman: HuffmanTable | undefined;
}

/** Bytes before the first block. */
function headSize(bytes: Uint8Array): number {
  if (number(part(bytes, 0, 4)) !== 0xfd2fb528) throw new Error('0: no frame of ZSTD');
  const flags = byteAt(part(bytes, 4, 1), 0);
  if ((flags & 8) !== 0 || (flags & 3) !== 0) throw new Error('4: a version or a dictionary of ZSTD that is not known');
  const isSingle = (flags & 0x20) !== 0;
  const size = flags >>> 6 === 0 ? Number(isSingle) : 2 ** (flags >>> 6);
  return 5 + (isSingle ? 0 : 1) + size;
}

function unpackBlock(type: number, size: number, block: Uint8Array, memory: Memory, output: Output): void {
  if (type === 0) output.append(block);
  else if (type === 1) output.fill(byteAt(block, 0), size);
  else if (type === 2) {
    const before = output.length;
    const { bytes, taken, table } = readLiterals(block, memory.huffman);
    memory.huffman = table;
    unpackSequences(block.subarray(taken), bytes, memory, output);
    if (output.length - before > mostOfBlock) throw new Error('0: a block of ZSTD unpacks to too much');
  } else throw new Error('0: a block of ZSTD of no known type');
}
