import { left, right } from 'fp-ts/lib/Either.js';
import { backendNames } from '../backends/useBackend.js';
import { ensure, orThrow, StdpError, unreachable } from '../core/errors.js';
import { aRecord, aText, type Check, flag, integerFrom, oneOf, validateParams } from '../core/validation.js';
import { validateCompetitiveSpec } from '../networks/competitive/competitiveSpec.js';
import { validateNetworkSpec } from '../networks/latency/networkSpec.js';
import type { CompetitiveRun, DataChoice, LatencyRun, RunRecord } from './run.js';

type LatencyRecord = Omit<LatencyRun, 'arrays'>;
type CompetitiveRecord = Omit<CompetitiveRun, 'arrays'>;

const where = 'run folder';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? right(value) : check(value);
/** A list of records with these numbers: the points of a curve. */
const points =
  (...names: readonly string[]): Check =>
  (value) => {
    const isPoint = (point: { readonly [name: string]: unknown } | null) => names.every((name) => Number.isFinite(point?.[name]));
    return Array.isArray(value) && value.every(isPoint) ? right(value) : left('a list of points');
  };

/**
 * A run as `run.json` tells it.
 *
 * @param folder  for messages.
 * @throws {StdpError} when it is of another format or damaged.
 */
export function parseRunRecord(folder: string, json: string): RunRecord {
  const given = parseJson(folder, 'run.json', json) as RunRecord | null;
  ensure(given?.format === 'tfjs-stdp run 2', where, folder, () => 'has a run.json of another format');
  try {
    orThrow(validateParams('run.json', { kind: '' }, { kind: given.kind }, { kind: oneOf('latency', 'competitive') }));
    const data = checkData(given.data);
    switch (given.kind) {
      case 'latency':
        return { ...checkLatency(given), data };
      case 'competitive':
        return { ...checkCompetitive(given), data };
      default:
        return unreachable(given);
    }
  } catch (reason) {
    throw new StdpError(where, folder, `is damaged: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}

/** What runs of every kind have. */
const common = {
  format: aText,
  kind: aText,
  status: oneOf('complete', 'interrupted'),
  network: aRecord,
  seed: integerFrom(0),
  data: aRecord,
  training: aRecord,
  score: optional(aRecord),
};

function checkLatency(given: LatencyRecord): LatencyRecord {
  const run = orThrow(
    validateParams<LatencyRecord>('run.json', given, given, {
      ...common,
      control: flag,
      backend: oneOf(...backendNames),
      shuffled: optional(aRecord),
    }),
  );
  const training = orThrow(
    validateParams('run.json: training', run.training, run.training, {
      layer: integerFrom(0),
      imagesSeen: integerFrom(0),
      convergence: points('layer', 'images', 'value'),
    }),
  );
  return { ...run, training, network: orThrow(validateNetworkSpec(run.network)) };
}

function checkCompetitive(given: CompetitiveRecord): CompetitiveRecord {
  const run = orThrow(validateParams<CompetitiveRecord>('run.json', given, given, common));
  const training = orThrow(
    validateParams('run.json: training', run.training, run.training, {
      imagesSeen: integerFrom(0),
      activity: points('images', 'spikes'),
    }),
  );
  return { ...run, training, network: orThrow(validateCompetitiveSpec(run.network)) };
}

const checkData = (given: DataChoice): DataChoice =>
  orThrow(
    validateParams('run.json: data', given, given, {
      name: aText,
      directory: optional(aText),
      train: integerFrom(1),
      holdout: integerFrom(0),
      channels: integerFrom(1),
    }),
  );

/** JSON of a file in the folder. */
export function parseJson(folder: string, name: string, json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (reason) {
    throw new StdpError(where, folder, `has a damaged ${name}: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}
