/**
 * Where the wasm backend finds its files: said once, before `useBackend('wasm')`.
 *
 * @example
 * setWasmPaths('/wasm/');
 * await useBackend('wasm');
 *
 * @module
 */
export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
