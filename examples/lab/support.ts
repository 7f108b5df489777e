import type { BackendName } from 'tfjs-stdp';

/** Backends that a page can choose. */
export type LabBackend = Exclude<BackendName, 'cuda'>;

/** A module with one SIMD instruction. */
const simdModule = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3],
  ...[2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** Whether workers and the modules in them are there. */
export const hasWorkers = (): boolean => typeof Worker === 'function' && typeof OffscreenCanvas === 'function';

/** Whether WebAssembly with SIMD is there: without it the lab computes in plain JavaScript. */
export const hasWasmSimd = (): boolean => typeof WebAssembly === 'object' && WebAssembly.validate(simdModule);
