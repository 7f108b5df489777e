import { binary, type Kernels } from './binary.js';

let compiled: WebAssembly.Module | 'unavailable' | undefined;
let compiledShared: WebAssembly.Module | undefined;

/**
 * The kernels on a memory. They compile once and start at once, from bytes that are part of the library.
 *
 * @returns `undefined` where WebAssembly or its SIMD is missing, or the memory is of a kind that the module can't take.
 */
export function instantiate(memory: WebAssembly.Memory): Kernels | undefined {
  try {
    const shared = (memory.buffer as ArrayBufferLike)[Symbol.toStringTag] === 'SharedArrayBuffer'; // the class itself is hidden from most pages
    const module = shared ? sharedModule() : plainModule();
    return module && (new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels);
  } catch {
    return undefined;
  }
}

function plainModule(): WebAssembly.Module | undefined {
  if (compiled === undefined) {
    const supported = typeof WebAssembly === 'object' && WebAssembly.validate(bytes());
    compiled = supported ? new WebAssembly.Module(bytes()) : 'unavailable';
  }
  return compiled === 'unavailable' ? undefined : compiled;
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

const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
