import { binary, type CircuitKernels } from './circuits/binary.js';
import { kernelModule } from './kernelModule.js';

export type { CircuitKernels } from './circuits/binary.js';

/** The kernels of circuits. */
export const circuitKernels = /* @__PURE__ */ kernelModule<CircuitKernels>(binary, () => import('./circuits/plain.js'));
