import { ensure } from '../../../core/errors.js';
import { isCancelled } from '../../../sweep/sweepFolder.js';
import { commandLine } from '../../commandLine.js';

/** @throws {StdpError} when the sweep in a folder was called off. */
export const refuseCancelled = (dir: string): void =>
  ensure(!isCancelled(dir), 'sweep', dir, () => `was called off; take it up with ${commandLine(['sweep', 'retry', dir])}`);
