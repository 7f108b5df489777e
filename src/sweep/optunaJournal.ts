import type { RunAndResult } from './summary.js';
import type { Sweep } from './sweepFolder.js';
import type { Values } from './sweepSpec.js';

/** Operations of Optuna's journal, by their codes. */
const operations = { createStudy: 0, createTrial: 4 } as const;

/** Ends of a trial, as Optuna numbers them. */
const states = { done: 1, failed: 3 } as const;

/** Optuna's number for a study whose value shall be great. */
const maximize = 2;

/** How Optuna knows the values of a parameter, and the number that it keeps of one. */
interface Distribution {
  readonly json: string;
  readonly kept: (value: unknown) => number;
}

/**
 * A sweep as the log of Optuna's `JournalFileBackend` (Optuna 3.1 and later), a line for each operation: one study, of which every run
 * that has a result is a trial, its accuracy the value.
 */
export function* optunaJournal(sweep: Sweep, runs: Iterable<RunAndResult>): Generator<string> {
  const worker = { worker_id: 'tfjs-stdp' };
  const { spec } = sweep;
  const study = spec.name ?? spec.preset ?? 'network';
  yield JSON.stringify({ op_code: operations.createStudy, ...worker, study_name: study, directions: [maximize] });
  const distributions = Object.entries(spec.set).map(([path, values]) => [path, distributionOf(values)] as const);
  const named = Object.fromEntries(distributions.map(([path, { json }]) => [path, json]));
  for (const { run, result } of runs) {
    if (result === undefined) continue;
    const { id, accuracy = null, controlAccuracy, error, seconds, ended, host } = result;
    yield JSON.stringify({
      op_code: operations.createTrial,
      ...worker,
      study_id: 0,
      state: states[result.status],
      value: accuracy,
      values: null,
      datetime_start: optunaTime(Date.parse(ended) - 1000 * seconds),
      datetime_complete: optunaTime(Date.parse(ended)),
      distributions: named,
      params: Object.fromEntries(distributions.map(([path, { kept }]) => [path, kept(run.set[path])])),
      user_attrs: { id, seed: run.request.seed, host, controlAccuracy, error: error?.message },
      system_attrs: {},
      intermediate_values: {},
    });
  }
}

const optunaTime = (time: number): string => new Date(time).toISOString().replace('Z', '000+00:00');

/** Numbers lie between the least and the greatest; anything else is one of the values, kept by its place among them. */
function distributionOf(values: Values): Distribution {
  if ('from' in values) {
    const { from, to, scale, integer = false } = values;
    return integer ? between(Math.round(from), Math.round(to), true, scale === 'log') : between(from, to, false, scale === 'log');
  }
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.length === values.length) {
    const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
    return between(least, greatest, numbers.every(Number.isInteger), false);
  }
  const choices = values.map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value));
  const texts = values.map((value) => JSON.stringify(value));
  return {
    json: JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices } }),
    kept: (value) => texts.indexOf(JSON.stringify(value)),
  };
}

const between = (low: number, high: number, integer: boolean, log: boolean): Distribution => ({
  json: JSON.stringify({
    name: integer ? 'IntDistribution' : 'FloatDistribution',
    attributes: { low, high, log, step: integer ? 1 : null },
  }),
  kept: Number,
});
