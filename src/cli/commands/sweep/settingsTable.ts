import { at } from '../../../core/at.js';
import type { Point } from '../../../sweep/points.js';
import type { Setting, Spread } from '../../../sweep/summary.js';
import type { Sweep } from '../../../sweep/sweepFolder.js';
import { commandLine } from '../../commandLine.js';

/** Settings that are printed; --csv has all. */
const most = 30;

/** What was swept, in one line. */
export function headOf({ spec, data, runs }: Sweep): string {
  const paths = Object.entries(spec.set).map(([path, values]) => ('length' in values ? `${path} (${values.length})` : path));
  const what = spec.name ?? spec.preset ?? 'network';
  const seeds = `${spec.seeds.length} ${spec.seeds.length === 1 ? 'seed' : 'seeds'}`;
  const swept = paths.length === 0 ? seeds : `${paths.join(', ')}; ${spec.mode}, ${seeds}`;
  const tested = spec.holdout > 0 ? 'held-out' : 'test';
  return `${what} on ${data.path ?? 'generated digits'}, ${runs} runs: ${swept}. Accuracy on ${tested} images, mean ± sample standard deviation`;
}

/** Settings as a table, a line each; parameters of one value are left out. */
export function settingsTable({ spec }: Sweep, settings: readonly Setting[]): string {
  const paths = Object.entries(spec.set).flatMap(([path, values]) => ('length' in values && values.length < 2 ? [] : [path]));
  const rows = settings
    .slice(0, most)
    .map(({ set, accuracy, control, done, failed, left }) => [
      spread(accuracy),
      ...(spec.control ? [spread(control)] : []),
      `${done}${failed > 0 ? `, ${failed} failed` : ''}${left > 0 ? `, ${left} left` : ''}`,
      ...paths.map((path) => text(set[path])),
    ]);
  const head = ['accuracy', ...(spec.control ? ['control'] : []), 'runs', ...paths];
  const lines = aligned([head, ...rows]);
  const more = settings.length - rows.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more: --csv tells of every run`] : [])].join('\n');
}

const spread = (value: Spread | undefined): string => {
  if (value === undefined) return '–';
  const { mean, deviation } = value;
  return `${(100 * mean).toFixed(2)}${deviation === undefined ? '' : ` ± ${(100 * deviation).toFixed(2)}`} %`;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => at(row, column).length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(at(widths, column)))
      .join('  ')
      .trimEnd(),
  );
}

/** The command that trains a setting of a preset by itself. */
export function trainCommandOf({ spec, data }: Sweep, set: Point): string | undefined {
  if (spec.preset === undefined) return undefined;
  const settings = Object.entries(set).flatMap(([path, value]) => ['--set', `${path}=${text(value)}`]);
  const named = {
    neurons: spec.neurons,
    data: data.path,
    label: data.label,
    times: data.times,
    train: spec.train,
    holdout: data.holdout || undefined,
  };
  const options = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
  return commandLine([
    'train',
    '--preset',
    spec.preset,
    ...options,
    ...(data.grey ? ['--grey'] : []),
    '--seed',
    String(spec.seeds[0]),
    ...settings,
  ]);
}
