/** Bytes that are handed on at once: what they unpack to is at most a thousand times as much. */
const slice = 2 ** 14;

/** The most that a byte can unpack to. */
export const mostPerByte = 1032;

/**
 * Deflated bytes, unpacked by the platform (Node and browsers have it; no package is needed). No more than `size` is ever held.
 *
 * @returns undefined where it becomes more or less than `size`.
 * @throws what the platform throws at bytes that are not deflated.
 */
export async function inflate(packed: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const unpacked = new Uint8Array(size);
  const reader = throughStream(packed, new DecompressionStream('deflate-raw')).getReader();
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (length + part.value.length > size) {
      await reader.cancel();
      return undefined;
    }
    unpacked.set(part.value, length);
    length += part.value.length;
  }
  return length === size ? unpacked : undefined;
}

/** Bytes deflated by the platform. */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = new Response(throughStream(bytes, new CompressionStream('deflate-raw')));
  return new Uint8Array(await packed.arrayBuffer());
}

function throughStream(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> {
  let at = 0;
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.subarray(at, at + slice));
        at += slice;
      },
    },
    { highWaterMark: 0 },
  );
  return source.pipeThrough(stream as unknown as ReadableWritablePair<Uint8Array, Uint8Array>);
}
