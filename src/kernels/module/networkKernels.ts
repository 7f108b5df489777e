import { kernelModule } from './kernelModule.js';
import { binary, type NetworkKernels } from './networks/binary.js';

export type { NetworkKernels } from './networks/binary.js';

/** The kernels of whole networks. */
export const networkKernels = /* @__PURE__ */ kernelModule<NetworkKernels>(binary, () => import('./networks/plain.js'));
