import { StdpError } from '../../core/errors.js';
import { show } from '../../core/show.js';
import type { EventFormat } from '../eventFormat.js';
import { latin1 } from '../eventInput.js';
import { aedat2 } from './aedat2.js';
import { aedat3 } from './aedat3.js';
import { aedat4 } from './aedat4.js';
import { dat } from './dat.js';
import { evt2 } from './evt2.js';
import { evt3 } from './evt3.js';
import { nmnist } from './nmnist.js';

/** Every format that is known, those without a header last. */
const formats: readonly EventFormat[] = [aedat2, aedat3, aedat4, evt2, evt3, dat, nmnist];

/** Bytes by which a format is known. */
export const headBytes = 2 ** 16;

/** Whether a file that begins so is a recording. */
export const isEvents = (head: Uint8Array): boolean => formats.some(({ begins }) => begins(head));

/**
 * The format of a recording that begins so.
 *
 * @throws {StdpError} when none does.
 */
export function formatOf(head: Uint8Array, where: string): EventFormat {
  const found = formats.find(({ begins }) => begins(head));
  if (found !== undefined) return found;
  const known = formats.map(({ name }) => name).join(', ');
  const begin = head.length === 0 ? 'nothing is there' : `what begins with ${show(latin1(head.subarray(0, 12)))}`;
  throw new StdpError(where, 'bytes', `at 0: ${begin}, no recording of events that is known (${known})`);
}
