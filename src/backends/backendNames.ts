/** The backends that the library knows. */
export type BackendName = 'webgpu' | 'wasm' | 'cpu' | 'cuda';

/** Their names. */
export const backendNames: readonly BackendName[] = ['webgpu', 'wasm', 'cpu', 'cuda'];
