/**
 * Files of other tools, as bytes to and from arrays and tensors: safetensors, npy, npz. All of it runs in a browser too.
 *
 * @module
 */
export {
  recordFromArrays,
  recordToArrays,
  type TensorOptions,
  tensorFromArray,
  tensorToArray,
} from '../formats/arrays/arrayTensors.js';
export type { ArrayData, ArrayType, FileArray, FileArrays } from '../formats/arrays/fileArray.js';
export { readNpy } from '../formats/numpy/readNpy.js';
export { type ReadNpzOptions, readNpz } from '../formats/numpy/readNpz.js';
export { writeNpy } from '../formats/numpy/writeNpy.js';
export { type WriteNpzOptions, writeNpz } from '../formats/numpy/writeNpz.js';
export { readSafetensors, type Safetensors } from '../formats/safetensors/readSafetensors.js';
export { writeSafetensors } from '../formats/safetensors/writeSafetensors.js';
