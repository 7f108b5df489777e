/**
 * Where the wasm backend finds its files, said once before it starts: `setWasmPaths('/wasm/'); await useBackend('wasm');`
 *
 * @module
 */
export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
