import { ensure, StdpError } from '../../core/errors.js';
import { type KernelMemory, newMemory, page } from './kernelMemory.js';
import type { KernelModule } from './kernelModule.js';

const alignment = 16;

/** Where addresses end: 4 GiB, less a page that kernels may look into by accident. */
const end = 2 ** 32 - page;

/**
 * A memory of our own with kernels in it. What is taken from it stays taken until `reset`. What doesn't fit is refused by a
 * `StdpError` before anything has changed.
 */
export class Arena<Kernels> {
  readonly memory: KernelMemory;
  readonly kernels: Kernels;
  /** The next free address. */
  top = alignment;

  /** @throws {StdpError} also when the kernels are not ready yet where there is no SIMD. */
  constructor(bytes: number, module: Pick<KernelModule<Kernels>, 'on'>) {
    checkFits(alignment, bytes);
    this.memory = orNoMemory(bytes, () => newMemory(pagesFor(alignment + bytes)));
    const kernels = module.on(this.memory);
    ensure(kernels !== undefined, 'kernels', 'module', () => 'is not loaded yet, and there is no SIMD here: await ready() first');
    this.kernels = kernels;
  }

  /** Bytes that can be taken without growing. */
  get free(): number {
    return this.memory.buffer.byteLength - this.top;
  }

  /** Empties the arena and sees to it that so many bytes fit. Growing invalidates all views. */
  reset(bytes: number): void {
    this.#makeFit(alignment, bytes);
    this.top = alignment;
  }

  /** Sees to it that so many bytes more fit. Growing invalidates all views. */
  reserve(bytes: number): void {
    this.#makeFit(this.top, bytes);
  }

  /** The address of so many bytes, a multiple of 16. They have to be reserved. */
  take(bytes: number): number {
    const address = this.top;
    checkFits(address, bytes);
    ensure(bytes <= this.free, 'kernels', 'memory', () => `has ${this.free} bytes left, ${bytes} were not reserved`);
    this.top = aligned(address + bytes);
    return address;
  }

  /** A view of new memory that holds a copy of the values. */
  place(values: Float32Array): Float32Array {
    const view = new Float32Array(this.memory.buffer, this.take(values.byteLength), values.length);
    view.set(values);
    return view;
  }

  /** Grows where it must, so that so many bytes fit from an address on. */
  #makeFit(address: number, bytes: number): void {
    checkFits(address, bytes);
    const missing = address + bytes - this.memory.buffer.byteLength;
    if (missing > 0) orNoMemory(bytes, () => this.memory.grow(pagesFor(missing)));
  }
}

function checkFits(address: number, bytes: number): void {
  const fits = Number.isSafeInteger(bytes) && bytes >= 0 && address + bytes <= end;
  ensure(fits, 'kernels', 'memory', () => `ends at 4 GiB, ${bytes} bytes more are needed: work on less at a time`);
}

/** What was made or done, or why there is no memory for it. */
function orNoMemory<T>(bytes: number, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new StdpError('kernels', 'memory', `of ${bytes} bytes is more than can be had here: work on less at a time`, { cause });
  }
}

/** What `take` uses of an arena for so many bytes, at most. */
export const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

const pagesFor = (bytes: number): number => Math.ceil(bytes / page);
