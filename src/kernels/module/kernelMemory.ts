/** A memory that kernels work in: one of WebAssembly, or where there is none a plain one with the same manners. */
export interface KernelMemory {
  /** All of it; another one once the memory has grown, which invalidates all views. */
  readonly buffer: ArrayBufferLike;
  /** Makes it so many pages larger. @throws {RangeError} when that is more than there is. */
  grow(pages: number): number;
}

/** Bytes of a page. */
export const page = 65536;

/** Pages that addresses of 32 bits reach. */
const most = 65536;

/** A new memory, all 0. @throws {RangeError} when there is not as much. */
export const newMemory = (pages: number): KernelMemory =>
  typeof WebAssembly === 'object' ? new WebAssembly.Memory({ initial: pages, maximum: most }) : new PlainMemory(pages);

class PlainMemory implements KernelMemory {
  #buffer: ArrayBuffer;

  constructor(pages: number) {
    this.#buffer = new ArrayBuffer(page * pages);
  }

  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  grow(pages: number): number {
    const before = this.#buffer;
    const larger = new Uint8Array(before.byteLength + page * pages);
    larger.set(new Uint8Array(before));
    this.#buffer = larger.buffer;
    return before.byteLength / page;
  }
}
