import { bytesOf } from './byteText.js';
import type { KernelMemory } from './kernelMemory.js';

/** A module of WebAssembly with SIMD. It compiles once and starts at once, from bytes that are part of the library. */
export interface VectorModule<Kernels> {
  /** Whether it runs here: not where WebAssembly or its SIMD is missing, and not where a page's policy forbids it. */
  readonly isAvailable: () => boolean;
  /** The kernels on a memory; `undefined` where the module isn't available, and on a memory that it can't take. */
  readonly on: (memory: KernelMemory) => Kernels | undefined;
}

/** @param text  the module, as {@link bytesOf} reads it. */
export function vectorModule<Kernels>(text: string): VectorModule<Kernels> {
  let compiled: WebAssembly.Module | 'unavailable' | undefined;
  let shared: WebAssembly.Module | undefined;
  const plain = (): WebAssembly.Module | undefined => {
    compiled ??= compile(bytesOf(text));
    return compiled === 'unavailable' ? undefined : compiled;
  };
  const ofShared = (): WebAssembly.Module => {
    shared ??= new WebAssembly.Module(forShared(bytesOf(text)));
    return shared;
  };
  return {
    isAvailable: () => plain() !== undefined,
    on: (memory) => {
      const own = plain();
      if (own === undefined) return undefined;
      try {
        const isShared = memory.buffer[Symbol.toStringTag] === 'SharedArrayBuffer'; // the class itself is hidden from most pages
        const imports = { env: { memory: memory as WebAssembly.Memory } };
        return new WebAssembly.Instance(isShared ? ofShared() : own, imports).exports as unknown as Kernels;
      } catch {
        return undefined;
      }
    },
  };
}

/** A policy (CSP without 'wasm-unsafe-eval') is asked once: browsers log each time that they refuse. */
function compile(bytes: ArrayBuffer): WebAssembly.Module | 'unavailable' {
  try {
    const supported = typeof WebAssembly === 'object' && WebAssembly.validate(bytes);
    return supported ? new WebAssembly.Module(bytes) : 'unavailable';
  } catch {
    return 'unavailable';
  }
}

/** A shared memory can only be imported by a module that says so: one flag of its import differs. */
function forShared(binary: ArrayBuffer): ArrayBuffer {
  const bytes = new Uint8Array(binary);
  const name = new TextEncoder().encode('\u0006memory');
  const at = bytes.findIndex((_, start) => name.every((byte, index) => bytes[start + index] === byte));
  bytes[at + name.length + 1] = 3; // after the kind of the import: limits with a maximum, shared
  return binary;
}
