import { totalmem } from 'node:os';
import { at } from '../core/at.js';
import { StdpError, unreachable } from '../core/errors.js';
import type { DataSet } from '../data/dataSet.js';
import type { Job } from './job.js';

/** What this process may take: all of the machine, or what its container allows. */
function memoryHere(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}

/** Bytes that a job is sure to hold at once; there is more, but this alone can be told before it begins. */
function leastBytes(job: Job, { rows, columns, train, test }: DataSet, workers: number): number {
  switch (job.kind) {
    case 'latency': {
      const { layers, readout } = job.network;
      return 4 * readout.grid ** 2 * at(layers, -1).maps * (train.count + test.count);
    }
    case 'competitive':
      // What is learned, while it is learned and when it is written, and a copy for each who answers.
      return 4 * rows * columns * job.network.layer.neurons * (3 + workers);
    default:
      return unreachable(job);
  }
}

/**
 * Throws when a job asks for more memory than there is, before it begins.
 *
 * @param memory  bytes that there are.
 */
export function ensureMemory(job: Job, data: DataSet, workers: number, memory: number = memoryHere()): void {
  const bytes = leastBytes(job, data, workers);
  const asGiB = (size: number): string => `${(size / 2 ** 30).toFixed(1)} GiB`;
  const what = { latency: 'fewer maps, a coarser grid or fewer images', competitive: 'fewer neurons or --workers' }[job.kind];
  if (bytes > memory)
    throw new StdpError(
      'stdp',
      job.network.name,
      `needs at least ${asGiB(bytes)} of memory, there are ${asGiB(memory)}: take ${what}`,
    );
}
