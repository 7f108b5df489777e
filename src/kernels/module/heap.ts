import type { KernelMemory } from '../module/kernelMemory.js';

/** A memory as arrays of words. Addresses stay bytes; the views follow when the memory grows. */
export class Heap {
  readonly #memory: KernelMemory;
  #floats: Float32Array;
  #words: Uint32Array;
  #bytes: Uint8Array;

  constructor(memory: KernelMemory) {
    this.#memory = memory;
    this.#floats = new Float32Array(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
  }

  /** All of the memory as float32; index by address / 4. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.#memory.buffer) this.#renew();
    return this.#floats;
  }

  /** All of the memory as unsigned words; index by address / 4. */
  get words(): Uint32Array {
    if (this.#words.buffer !== this.#memory.buffer) this.#renew();
    return this.#words;
  }

  /** All of the memory as bytes. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.#memory.buffer) this.#renew();
    return this.#bytes;
  }

  #renew(): void {
    this.#floats = new Float32Array(this.#memory.buffer);
    this.#words = new Uint32Array(this.#memory.buffer);
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }
}
