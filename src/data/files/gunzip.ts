import { ensure, StdpError } from '../../core/errors.js';
import { messageOf } from '../../core/show.js';
import { mostBytes } from './found.js';

/** Whether bytes begin as a gzip file does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The bytes in a gzip file, unpacked by the platform; no more of them than can be read are ever held. */
export async function gunzip(bytes: Uint8Array, where: string, file: string): Promise<Uint8Array> {
  const packed = new Blob([new Uint8Array(bytes)]).stream();
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > mostBytes) await reader.cancel();
      ensure(length <= mostBytes, where, file, () => `unpacks to more than ${mostBytes} bytes`);
    }
  } catch (cause) {
    if (cause instanceof StdpError) throw cause;
    throw new StdpError(where, file, `is a truncated or corrupt gzip file (${messageOf(cause)})`, { cause });
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
