import type { RunAndResult } from '../../../sweep/summary.js';
import type { Sweep } from '../../../sweep/sweepFolder.js';

/** The runs of a sweep as CSV (RFC 4180), a line each, after a line of names. */
export function* csvLines({ spec }: Sweep, runs: Iterable<RunAndResult>): Generator<string> {
  const paths = Object.keys(spec.set);
  const own = ['status', 'accuracy', 'shuffledAccuracy', 'seconds', 'ended', 'host', 'weights'] as const;
  yield line(['id', 'seed', ...paths, ...own, 'error']);
  for (const { run, result } of runs) {
    const told = own.map((name) => (name === 'status' ? (result?.status ?? 'left') : result?.[name]));
    yield line([run.id, run.request.seed, ...paths.map((path) => run.set[path]), ...told, result?.error?.message]);
  }
}

const line = (cells: readonly unknown[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
