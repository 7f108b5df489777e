/**
 * Files of other tools, as bytes to and from arrays and tensors: safetensors, npy, npz, NIR, and graphs in NIR at work. All of it runs in a browser too.
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
export type { H5wasm, Hdf5Files, Hdf5Group, Hdf5Module } from '../formats/nir/hdf5Library.js';
export type { NirGraph, NirNode, NirRecord, NirValue } from '../formats/nir/nirGraph.js';
export { type NirFile, readNir } from '../formats/nir/readNir.js';
export { writeNir } from '../formats/nir/writeNir.js';
export { readNpy } from '../formats/numpy/readNpy.js';
export { type ReadNpzOptions, readNpz } from '../formats/numpy/readNpz.js';
export { writeNpy } from '../formats/numpy/writeNpy.js';
export { type WriteNpzOptions, writeNpz } from '../formats/numpy/writeNpz.js';
export { readSafetensors, type Safetensors } from '../formats/safetensors/readSafetensors.js';
export { writeSafetensors } from '../formats/safetensors/writeSafetensors.js';
export { type NirNetwork, type NirState, type NirTime, networkFromNir } from '../networks/nir/networkFromNir.js';
export {
  type NeuronParams,
  type NirLayer,
  type NirLayersOptions,
  type NirNeurons,
  type NirThreshold,
  type NirWeights,
  nirFromLayers,
} from '../networks/nir/nirFromLayers.js';
export { type NirPlasticity, plasticityFromNir } from '../networks/nir/plasticity.js';
