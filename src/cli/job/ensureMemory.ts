import { totalmem } from 'node:os';
import { StdpError } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import type { Job } from './job.js';

/** What this process may take: all of the machine, or what its container allows. */
function memoryHere(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}

/**
 * Throws when a job asks for more memory than there is, before it begins.
 *
 * @param memory  bytes that there are.
 */
export function ensureMemory(job: Job, data: DataSet, workers: number, memory: number = memoryHere()): void {
  const { bytes, savings } = job.kind.memory(job.network, data, workers);
  const asGiB = (size: number): string => `${(size / 2 ** 30).toFixed(1)} GiB`;
  if (bytes > memory)
    throw new StdpError(
      'stdp',
      job.network.name,
      `needs at least ${asGiB(bytes)} of memory, there are ${asGiB(memory)}: take ${savings}`,
    );
}
