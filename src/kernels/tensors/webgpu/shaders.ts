import type { BackendKernels } from '../backendKernels.js';
import type { WebgpuBackend } from './webgpuBackend.js';

let kernelsOf: ((backend: WebgpuBackend) => BackendKernels) | undefined;

/** The shaders, which are no part of what is loaded at first: nobody needs them on another backend. */
export const shaders = {
  ready: async (): Promise<void> => {
    kernelsOf = (await import('./webgpuKernels.js')).webgpuKernels;
  },
  /** The kernels of a backend; `undefined` until they are ready. */
  on: (backend: WebgpuBackend): BackendKernels | undefined => kernelsOf?.(backend),
};
