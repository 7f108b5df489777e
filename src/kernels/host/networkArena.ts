import { Arena } from '../module/arena.js';
import { type NetworkKernels, networkKernels } from '../module/networkKernels.js';

/** A memory with the kernels of networks in it. */
export type NetworkArena = Arena<NetworkKernels>;

/** A new one, empty. @throws {StdpError} when `networkKernels` is not ready. */
export const networkArena = (): NetworkArena => new Arena(0, networkKernels);
