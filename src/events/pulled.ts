import { ensure } from '../core/errors.js';
import { show } from '../core/show.js';

/** Bytes that come in pieces, taken in others. */
export interface Pulled {
  /** So many bytes; fewer only at the end. */
  take(count: number): Promise<Uint8Array>;
  giveBack(bytes: Uint8Array): void;
  /** Lets go of the source. */
  close(): Promise<void>;
}

export function pulled(source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>, where: string): Pulled {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : readerOf(source);
  let ahead: Uint8Array[] = [];
  const next = async (): Promise<Uint8Array | undefined> => {
    const waiting = ahead.shift();
    if (waiting !== undefined) return waiting;
    const { done, value } = await iterator.next();
    if (done) return undefined;
    ensure(value instanceof Uint8Array, where, 'source', () => `must give Uint8Arrays, gave ${show(value)}`);
    return value;
  };
  return {
    async take(count) {
      const parts: Uint8Array[] = [];
      let missing = count;
      while (missing > 0) {
        const part = await next();
        if (part === undefined) break;
        if (part.length > missing) ahead.unshift(part.subarray(missing));
        parts.push(part.subarray(0, missing));
        missing -= Math.min(missing, part.length);
      }
      const [first] = parts;
      if (parts.length === 1 && first !== undefined) return first;
      const whole = new Uint8Array(count - missing);
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return whole;
    },
    giveBack(bytes) {
      ahead = [bytes, ...ahead];
    },
    async close() {
      await iterator.return?.();
    },
  };
}

/** A stream as an iterator, which not every browser makes of it. */
function readerOf(stream: ReadableStream<Uint8Array>): AsyncIterator<Uint8Array> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done || value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}
