/** What is unpacked, as it grows. */
export interface Output {
  readonly length: number;
  append(bytes: Uint8Array): void;
  /** Appends a byte, so many times. */
  fill(byte: number, count: number): void;
  /** Appends what came so many bytes before, which may reach into itself; false: nothing did. */
  repeat(distance: number, count: number): boolean;
}

/**
 * What `unpack` makes, of no more than `most` bytes.
 *
 * @throws {Error} when it makes more.
 */
export function unpackedInto(most: number, unpack: (output: Output) => void): Uint8Array {
  let buffer = new Uint8Array(Math.min(most, 2 ** 16));
  let length = 0;
  const room = (count: number): void => {
    if (length + count > most) throw new Error(`0: it unpacks to more than ${most} bytes`);
    if (length + count <= buffer.length) return;
    const larger = new Uint8Array(Math.min(most, Math.max(2 * buffer.length, length + count)));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  unpack({
    get length() {
      return length;
    },
    append(bytes) {
      room(bytes.length);
      buffer.set(bytes, length);
      length += bytes.length;
    },
    fill(byte, count) {
      room(count);
      buffer.fill(byte, length, length + count);
      length += count;
    },
    repeat(distance, count) {
      if (distance < 1 || distance > length) return false;
      room(count);
      // What lies there repeats itself: each copy doubles what can be copied at once.
      for (let done = 0; done < count; ) {
        const step = Math.min(distance + done, count - done);
        buffer.copyWithin(length + done, length - distance, length - distance + step);
        done += step;
      }
      length += count;
      return true;
    },
  });
  return buffer.subarray(0, length);
}
