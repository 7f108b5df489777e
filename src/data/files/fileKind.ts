import { byteAt } from '../../core/at.js';
import { magic as npyMagic } from '../../formats/numpy/npyHeader.js';
import { isCifar } from './cifar.js';

/** What a file holds, by its content. */
export type FileKind = 'idx' | 'npy' | 'npz' | 'cifar' | 'picture' | 'table' | 'unknown';

const beginnings: readonly (readonly [kind: FileKind, bytes: readonly number[]])[] = [
  ['npy', npyMagic],
  ['npz', [0x50, 0x4b, 3, 4]],
  ['npz', [0x50, 0x4b, 5, 6]],
  ['idx', [0, 0, 8, 1]],
  ['idx', [0, 0, 8, 3]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
];

/** Bytes of a file that are looked at for whether it is a text. */
const glance = 4096;

/** The kind of a whole file, whatever it is called. */
export function fileKind(bytes: Uint8Array): FileKind {
  const [kind] = beginnings.find(([, start]) => start.every((byte, index) => bytes[index] === byte)) ?? [];
  if (kind !== undefined) return kind;
  if (isCifar(bytes)) return 'cifar';
  return bytes.length > 0 && isText(bytes.subarray(0, glance)) ? 'table' : 'unknown';
}

/** Whether bytes are those of a text: none of them a control character but tabs and ends of lines. */
function isText(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = byteAt(bytes, at);
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return false;
  }
  return true;
}
