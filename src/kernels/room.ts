import { kernelsOn } from './kernelsOn.js';
import type { Kernels } from './wasm/binary.js';

const page = 65536;
const alignment = 16;

/** A memory of our own with the kernels in it. What is taken from it stays taken until `reset`. */
export class Room {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  /** The next free address. */
  top = alignment;

  constructor(bytes: number) {
    this.memory = new WebAssembly.Memory({ initial: pagesFor(bytes + alignment), maximum: 65536 });
    this.kernels = kernelsOn(this.memory);
  }

  /** Bytes that can be taken without growing. */
  get free(): number {
    return this.memory.buffer.byteLength - this.top;
  }

  /** Empties the room and sees to it that so many bytes fit. Growing invalidates all views. */
  reset(bytes: number): void {
    this.top = alignment;
    this.reserve(bytes);
  }

  /** Sees to it that so many bytes more fit. Growing invalidates all views. */
  reserve(bytes: number): void {
    if (this.free < bytes) this.memory.grow(pagesFor(bytes - this.free));
  }

  /** The address of so many bytes, a multiple of 16. */
  take(bytes: number): number {
    const address = this.top;
    this.top = aligned(address + bytes);
    return address;
  }

  /** A view of new memory that holds a copy of the values. */
  place(values: Float32Array): Float32Array<ArrayBuffer> {
    const view = new Float32Array(this.memory.buffer as ArrayBuffer, this.take(values.byteLength), values.length);
    view.set(values);
    return view;
  }
}

/** What `take` uses of a room for so many bytes, at most. */
export const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

const pagesFor = (bytes: number): number => Math.ceil(bytes / page);
