import { createHash } from 'node:crypto';

/** SHA-256 of bytes or texts one after the other, in hexadecimal digits. */
export const checksum = (...parts: readonly (Uint8Array | string)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
