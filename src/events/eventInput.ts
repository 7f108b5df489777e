import { StdpError } from '../core/errors.js';

/** Work that asks for bytes, so many at a time, and is given them: fewer only where they end. */
export type Reading<T = void> = Generator<number, T, Uint8Array>;

/** Bytes of a header beyond which it is none. */
const mostHeader = 2 ** 20;
const lineFeed = 10;

/** The bytes of a recording, as the readers of formats ask for them. */
export class EventInput {
  /** The next byte, counted from the beginning. */
  offset = 0;
  #ahead: Uint8Array = new Uint8Array(0);
  readonly #where: string;
  readonly #format: string;

  constructor(where: string, format: string) {
    this.#where = where;
    this.#format = format;
  }

  /** As many bytes as there are, up to a number. */
  *upTo(count: number): Reading<Uint8Array> {
    const ahead = this.#ahead.subarray(0, count);
    this.#ahead = this.#ahead.subarray(count);
    const rest = ahead.length === count ? new Uint8Array(0) : yield count - ahead.length;
    this.offset += ahead.length + rest.length;
    return ahead.length === 0 ? rest : joined(ahead, rest);
  }

  /** So many bytes, and no fewer. */
  *exactly(count: number, what: string): Reading<Uint8Array> {
    const begin = this.offset;
    const bytes = yield* this.upTo(count);
    if (bytes.length < count) this.refuse(begin, `${what} takes ${count} bytes, ${bytes.length} are left`);
    return bytes;
  }

  /** Passes over bytes. */
  *pass(count: number, what: string): Reading {
    const begin = this.offset;
    for (let left = count; left > 0; ) {
      const { length } = yield* this.upTo(Math.min(left, 2 ** 16));
      if (length === 0) this.refuse(begin, `${what} takes ${count} bytes, ${count - left} are left`);
      left -= length;
    }
  }

  /**
   * The lines of text that a recording begins with: those that begin with `mark`, up to the first that doesn't, that holds what is no
   * text, or that is `last`. (The data behind it may begin with the byte of the mark.)
   */
  *header(mark: string, last: string): Reading<readonly string[]> {
    const lines: string[] = [];
    for (let [size, done] = [0, false]; !done; ) {
      const line = yield* this.#line();
      const text = latin1(line);
      const isHeader = text.startsWith(mark) && text.endsWith('\n') && !isData.test(text);
      if (isHeader) lines.push(text.trim());
      else this.#giveBack(line);
      size += line.length;
      done = !isHeader || text.startsWith(last);
      if (size > mostHeader) this.refuse(this.offset, `its header has more than ${mostHeader} bytes`);
    }
    return lines;
  }

  /** Words of so many bytes, block by block, and what is left over at the end. */
  *words(size: number, read: (words: DataView) => void): Reading<number> {
    for (;;) {
      const block = yield* this.upTo(2 ** 16 - (2 ** 16 % size));
      const rest = block.length % size;
      const whole = block.subarray(0, block.length - rest);
      read(viewOf(whole));
      if (rest > 0 || block.length === 0) return rest;
    }
  }

  refuse(offset: number, problem: string): never {
    throw new StdpError(this.#where, 'bytes', `at ${offset} (${this.#format}): ${problem}`);
  }

  /** Up to the end of a line, or of 64 KiB. */
  *#line(): Reading<Uint8Array> {
    if (!this.#ahead.includes(lineFeed)) this.#ahead = joined(this.#ahead, yield 2 ** 16);
    const end = this.#ahead.indexOf(lineFeed) + 1;
    return yield* this.upTo(end === 0 ? this.#ahead.length : end);
  }

  #giveBack(bytes: Uint8Array): void {
    this.offset -= bytes.length;
    this.#ahead = this.#ahead.length === 0 ? bytes : joined(bytes, this.#ahead);
  }
}

/** Control characters, which no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const isData = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;

/** Bytes as text, one character each. */
export function latin1(bytes: Uint8Array): string {
  // In a page, and in later Nodes, the decoder of that name takes windows-1252, which has other characters at 0x80–0x9f.
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
