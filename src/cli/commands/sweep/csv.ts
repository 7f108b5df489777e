import type { RunAndResult } from '../../../sweep/summary.js';
import type { Sweep } from '../../../sweep/sweepFolder.js';
import { csvLine } from '../../csvLine.js';

/** The runs of a sweep as CSV (RFC 4180), a line each, after a line of names. */
export function* csvLines({ spec }: Sweep, runs: Iterable<RunAndResult>): Generator<string> {
  const paths = Object.keys(spec.set);
  const own = ['status', 'accuracy', 'controlAccuracy', 'seconds', 'ended', 'host', 'weights'] as const;
  yield csvLine(['id', 'seed', ...paths, ...own, 'error']);
  for (const { run, result } of runs) {
    const told = own.map((name) => (name === 'status' ? (result?.status ?? 'left') : result?.[name]));
    yield csvLine([run.id, run.request.seed, ...paths.map((path) => run.set[path]), ...told, result?.error?.message]);
  }
}
