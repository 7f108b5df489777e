import { resolve } from 'node:path';
import { shellWords } from '../shellWords.js';
import type { Sweep } from '../sweepFolder.js';

/**
 * What does a slice of a sweep, as a shell takes it, from any folder and on any machine that sees the same files.
 *
 * @param data  where the images lie there. Default: as the sweep was planned.
 * @param more  options that say which slice.
 */
export const taskCommand = ({ dir }: Sweep, data: string | undefined, more: readonly string[] = []): string =>
  shellWords([
    process.execPath,
    resolve(process.argv[1] ?? 'stdp'),
    'sweep',
    'task',
    resolve(dir),
    ...(data === undefined ? [] : ['--data', resolve(data)]),
    ...more,
  ]);
