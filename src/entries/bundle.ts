/**
 * What a page without a build step imports: the library, `tf` to make tensors with, and where the wasm files are, which
 * by default is beside the bundle. `npm run bundle` makes one file of it.
 *
 * @module
 */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

setWasmPaths(new URL(/* @vite-ignore */ './', import.meta.url).href);

export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
export * as tf from '@tensorflow/tfjs-core';
export * from './everything.js';
