import * as tf from '@tensorflow/tfjs-core';
import { StdpError } from '../../core/errors.js';
import { ruleKernels } from '../module/ruleKernels.js';
import { mapList, type TensorMemory } from './tensorMemory.js';

/** What is used of tfjs-backend-wasm, some of it without a promise: whoever finds it missing goes without kernels. */
interface WasmBackend extends tf.KernelBackend {
  readonly wasm: {
    readonly asm?: { readonly memory?: WebAssembly.Memory };
    readonly wasmMemory?: WebAssembly.Memory;
    readonly HEAPU8: Uint8Array;
    _malloc: (bytes: number) => number;
    _free(address: number): void;
  };
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
}

/** Whether a backend is tfjs-backend-wasm in the form that is known here. */
export function isWasmBackend(backend: object): backend is WasmBackend {
  const { wasm, dataIdMap, makeOutput } = backend as Partial<WasmBackend>;
  return (
    dataIdMap !== undefined && makeOutput !== undefined && typeof wasm?._malloc === 'function' && memoryOf(wasm) !== undefined
  );
}

/** The memory of either build of tfjs, when it is the one that its tensors live in. */
function memoryOf({ asm, wasmMemory, HEAPU8 }: WasmBackend['wasm']): WebAssembly.Memory | undefined {
  const memory = asm?.memory ?? wasmMemory;
  return memory instanceof WebAssembly.Memory && memory.buffer === HEAPU8.buffer ? memory : undefined;
}

/** The kernels in the memory of tfjs-backend-wasm: tensors are where they are, nothing is copied. */
export function wasmMemory(backend: WasmBackend): TensorMemory | undefined {
  const memory = memoryOf(backend.wasm);
  const kernels = memory && ruleKernels.on(memory);
  if (kernels === undefined) return undefined;
  guardHeap(backend);
  const scratchBlock = growingBlock(backend);
  const addressOf = ({ dataId }: tf.TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset;
  const made: tf.TensorInfo[] = [];
  const outputOf = (shape: readonly number[]): tf.TensorInfo => {
    const output = backend.makeOutput([...shape], 'float32');
    made.push(output);
    return output;
  };
  return {
    kernels,
    copies: false,
    create: (inputs, shapes, scratch, body) => {
      made.length = 0;
      try {
        // Memory is taken first: it may move what JavaScript sees of the heap, though no address in it.
        const block = scratchBlock(scratch);
        const outputs = mapList(shapes, outputOf);
        body(kernels, mapList(inputs, addressOf), mapList(outputs, addressOf), block);
        return mapList(outputs, (output) => tf.engine().makeTensorFromTensorInfo(output));
      } catch (reason) {
        for (const { dataId } of made) backend.disposeData(dataId);
        throw reason;
      }
    },
    update: (tensors, inputs, scratch, body) => {
      const block = scratchBlock(scratch);
      body(kernels, mapList(inputs, addressOf), mapList(tensors, addressOf), block);
    },
  };
}

/** Scratch memory that is kept from call to call. */
function growingBlock({ wasm }: WasmBackend): (bytes: number) => number {
  let address = 0;
  let size = 0;
  return (bytes) => {
    if (bytes > size) {
      if (address !== 0) wasm._free(address);
      [address, size] = [0, 0]; // what is freed is not used again, should there be no more to have
      const wanted = Math.ceil(bytes * 1.25);
      [address, size] = [allocated(wasm._malloc(wanted), wanted), wanted];
    }
    return address;
  };
}

const guarded = new WeakSet<object>();

/**
 * Has `malloc` throw when it has nothing left. It answers 0 then, where tfjs would go on to write; and of sizes beyond what 32 bits
 * hold it sees the low bits alone.
 */
function guardHeap({ wasm }: WasmBackend): void {
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  const malloc = wasm._malloc.bind(wasm);
  wasm._malloc = (bytes) => allocated(bytes < 2 ** 32 ? malloc(bytes) : 0, bytes);
}

function allocated(address: number, bytes: number): number {
  if (address === 0 && bytes > 0) throw new StdpError('tfjs-backend-wasm', 'its heap', 'is full: it ends at 4 GiB');
  return address >>> 0;
}
