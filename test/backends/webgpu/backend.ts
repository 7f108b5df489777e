import * as tf from '@tensorflow/tfjs-core';

/** What these specs see of tfjs-backend-webgpu. */
export interface Backend {
  readonly device: GPUDevice;
  readonly bufferManager: {
    readonly numBytesUsed: number;
    readonly numBytesAllocated: number;
    getNumUsedBuffers(): number;
    getNumFreeBuffers(): number;
  };
  readonly tensorMap: { get(id: object): { readonly values?: unknown; readonly resource?: unknown } };
}

export const backend = (): Backend => tf.backend() as unknown as Backend;
