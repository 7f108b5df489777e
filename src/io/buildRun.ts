import { resolve } from 'node:path';
import { type BackendName, backendNames } from '../backends/useBackend.js';
import { ensure, orThrow, StdpError } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import {
  aRecord,
  aText,
  type Checks,
  check,
  ensureIs,
  integerFrom,
  oneOf,
  optional,
  validateParams,
} from '../core/params/validation.js';
import { messageOf, show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { checkImages, type DataSet, type LabelledImages } from '../data/dataSet.js';
import { type DataReading, readingChecks, readingOf } from '../data/files/reading.js';
import { labelBytes } from '../data/labels.js';
import type { CompetitiveResult } from '../networks/competitive/competitiveExperiment.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../networks/competitiveSpec/competitiveSpec.js';
import { type Control, optionalControl } from '../networks/latency/control/control.js';
import type { Experiment } from '../networks/latency/experiment.js';
import { type NetworkSpec, validateNetworkSpec } from '../networks/latency/spec/networkSpec.js';
import { checkedRun } from './checkedRun.js';
import { checksum } from './checksum.js';
import { competitiveKind, competitiveLearned } from './kinds/competitive/competitiveKind.js';
import type { CompetitiveRun } from './kinds/competitive/competitiveRun.js';
import { latencyKind, latencyLearned } from './kinds/latency/latencyKind.js';
import type { LatencyRun } from './kinds/latency/latencyRun.js';
import type { Learned, NetworkKind } from './kinds/networkKind.js';
import type { AnyRun, DataChoice } from './run.js';

/**
 * What a run remembers beside its network and its result.
 *
 * @property label      and `grey`: how they were read there.
 */
export interface RunOrigin extends DataReading {
  /** Seed of everything random. */
  readonly seed: number;
  /** The images that it learned from and was tested on. */
  readonly data: DataSet;
  /** Directory or file of the images; leave it out for images that come from elsewhere. */
  readonly directory?: string | undefined;
  /** How many of the training images there were the test set; default 0, the real one. */
  readonly holdout?: number;
}

/** A {@link RunOrigin} of a latency-coded network: also which control was asked for, and what computed. */
export interface LatencyOrigin extends RunOrigin {
  readonly control?: Control;
  readonly backend?: BackendName;
}

/**
 * The run of {@link runExperiment}, as {@link saveRun} takes it: `complete` when all that was asked for is there.
 *
 * @param origin  `control` is false by default, `backend` wasm.
 * @throws {StdpError} when the experiment or its origin is none.
 * @example
 * const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const data = digitDataSet(1, 10, 5);
 * const experiment = await runExperiment(network, data, { seed: 1 });
 * saveRun('experiment', latencyRun(network, experiment, { seed: 1, data }));
 * (await loadRun('experiment')).score;   // => experiment.score
 */
export function latencyRun(network: NetworkSpec, experiment: Experiment, origin: LatencyOrigin): LatencyRun {
  const where = 'latencyRun';
  const spec = checked(where, 'network', () => orThrow(validateNetworkSpec(network)));
  checkResult(where, 'experiment', experiment);
  const own = { control: optionalControl, backend: optional(oneOf(...backendNames)) };
  const checkedOrigin = checkOrigin<LatencyOrigin>(where, origin, { ...originChecks, ...own });
  const { control = false, backend = 'wasm' } = checkedOrigin;
  return buildRun(latencyKind, spec, latencyLearned(experiment, { control, backend }), checkedOrigin);
}

/**
 * The run of {@link runCompetitive}, as {@link saveRun} takes it.
 *
 * @throws {StdpError} when the result or its origin is none.
 * @example
 * const network = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, learning: { images: 20 } }));
 * const data = digitDataSet(1, 20, 5);
 * const result = await runCompetitive(network, data, { seed: 1 });
 * saveRun('competition', competitiveRun(network, result, { seed: 1, data }));
 * (await loadRun('competition')).score;   // => result.score
 */
export function competitiveRun(network: CompetitiveSpec, result: CompetitiveResult, origin: RunOrigin): CompetitiveRun {
  const where = 'competitiveRun';
  const spec = checked(where, 'network', () => orThrow(validateCompetitiveSpec(network)));
  checkResult(where, 'result', result);
  const checkedOrigin = checkOrigin<RunOrigin>(where, origin, originChecks);
  return buildRun(competitiveKind, spec, competitiveLearned(result), checkedOrigin);
}

/** The run of a network that has learned. @throws {StdpError} when it isn't one that can be written. */
export function buildRun<R extends AnyRun>(
  kind: NetworkKind<R>,
  network: R['network'],
  learned: Learned<R> & Learned<AnyRun>,
  origin: RunOrigin,
): R {
  const { name } = kind;
  const { seed } = origin;
  const run: AnyRun = {
    format: 'tfjs-stdp run 2',
    kind: name,
    network,
    seed,
    data: describe(origin, kind.channels(network, origin.data)),
    ...learned,
  };
  checkedRun(run, `${name}Run`);
  return run as R;
}

/** What a check of its own answers, refusing in the name of who asks. */
function checked<T>(where: string, name: string, check: () => T): T {
  try {
    return check();
  } catch (reason) {
    throw new StdpError(where, name, `can't be: ${messageOf(reason)}`);
  }
}

function checkResult(where: string, name: string, result: unknown): void {
  const whole = isRecord(result) && isRecord(result['training']);
  ensure(whole, where, name, () => `must be a record with its training, got ${show(result)}`);
}

const names = check('a list of names', (given) => isListOf(given, (name) => typeof name === 'string'));
const originChecks = {
  seed: integerFrom(0),
  data: aRecord,
  directory: optional(aText),
  ...readingChecks,
  holdout: optional(integerFrom(0)),
};

function checkOrigin<O extends RunOrigin>(where: string, given: O, checks: Checks<O>): O {
  ensureIs(aRecord, given, where, 'origin');
  const origin = orThrow(validateParams<O>(where, given, given, checks, 'origin'));
  for (const part of ['train', 'test'] as const) checkImages(where, `data.${part}`, origin.data[part]);
  ensureIs(aText, origin.data.name, where, 'data.name');
  for (const side of ['rows', 'columns', 'channels'] as const) ensureIs(integerFrom(1), origin.data[side], where, `data.${side}`);
  ensureIs(names, origin.data.classNames, where, 'data.classNames');
  return origin;
}

const describe = ({ data, directory, holdout = 0, ...reading }: RunOrigin, channels: number): DataChoice => ({
  name: data.name,
  ...(directory !== undefined && { directory: resolve(directory) }),
  ...readingOf(reading),
  train: data.train.count,
  holdout,
  channels,
  classNames: data.classNames,
  ...fingerprint(data),
});

/** By what the images of a run are known again: their size, and the SHA-256 of each part with its labels. */
export interface Fingerprint {
  readonly rows: number;
  readonly columns: number;
  readonly checksums: { readonly train: string; readonly test: string };
}

/** The fingerprint of a data set. */
export function fingerprint({ rows, columns, channels, train, test }: DataSet): Fingerprint {
  const size = `${rows} × ${columns}${channels === 1 ? '' : ` × ${channels}`}`;
  const sum = ({ count, pixels, labels }: LabelledImages): string => checksum(`${count} × ${size}\n`, pixels, labelBytes(labels));
  return { rows, columns, checksums: { train: sum(train), test: sum(test) } };
}
