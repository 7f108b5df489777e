import { binary, type Kernels } from './binary.js';
import type { KernelMemory } from './kernelMemory.js';

let compiled: WebAssembly.Module | 'unavailable' | undefined;
let compiledShared: WebAssembly.Module | undefined;

/**
 * The kernels on a memory. They compile once and start at once, from bytes that are part of the library.
 *
 * @returns `undefined` where WebAssembly or its SIMD is missing, where a page's policy forbids it, and where the memory is of a
 *          kind that the module can't take.
 */
export function instantiate(memory: KernelMemory): Kernels | undefined {
  try {
    const shared = memory.buffer[Symbol.toStringTag] === 'SharedArrayBuffer'; // the class itself is hidden from most pages
    const module = shared ? sharedModule() : plainModule();
    return (
      module &&
      (new WebAssembly.Instance(module, { env: { memory: memory as WebAssembly.Memory } }).exports as unknown as Kernels)
    );
  } catch {
    return undefined;
  }
}

function plainModule(): WebAssembly.Module | undefined {
  compiled ??= compile();
  return compiled === 'unavailable' ? undefined : compiled;
}

/** A policy (CSP without 'wasm-unsafe-eval') is asked once: browsers log each time that they refuse. */
function compile(): WebAssembly.Module | 'unavailable' {
  try {
    const supported = typeof WebAssembly === 'object' && WebAssembly.validate(bytes());
    return supported ? new WebAssembly.Module(bytes()) : 'unavailable';
  } catch {
    return 'unavailable';
  }
}

/** A shared memory can only be imported by a module that says so: one flag of its import differs. */
function sharedModule(): WebAssembly.Module | undefined {
  if (plainModule() === undefined) return undefined;
  if (compiledShared === undefined) {
    const code = bytes();
    const name = new TextEncoder().encode('\u0006memory');
    const at = code.findIndex((_, start) => name.every((byte, index) => code[start + index] === byte));
    code[at + name.length + 1] = 3; // after the kind of the import: limits with a maximum, shared
    compiledShared = new WebAssembly.Module(code);
  }
  return compiledShared;
}

const bytes = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: binary.length / 2 }, (_, at) => Number.parseInt(binary.slice(2 * at, 2 * at + 2), 16));
