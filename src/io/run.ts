import { left, right } from 'fp-ts/lib/Either.js';
import { type BackendName, backendNames } from '../backends/useBackend.js';
import { ensure, orThrow, StdpError } from '../core/errors.js';
import { type Check, flag, integerFrom, oneOf, validateParams } from '../core/validation.js';
import type { Score } from '../networks/accuracy.js';
import type { LinearReadout } from '../networks/linearReadout.js';
import { type NetworkSpec, validateNetworkSpec } from '../networks/networkSpec.js';
import type { ConvergencePoint, TrainingState } from '../networks/trainNetwork.js';

/**
 * Where the images of a run came from.
 *
 * @property directory  of IDX files; undefined for the embedded digits, which the seed of the run draws.
 * @property train      training images used.
 * @property holdout    of them, the last so many were the test set; 0 for the real one.
 */
export interface DataChoice {
  readonly name: string;
  readonly directory?: string;
  readonly train: number;
  readonly holdout: number;
  readonly channels: number;
}

/** What a run folder says in `run.json`: everything needed to repeat, resume or test the run. */
export interface Run {
  readonly format: 'tfjs-stdp run 1';
  readonly status: 'complete' | 'interrupted';
  readonly network: NetworkSpec;
  readonly seed: number;
  readonly control: boolean;
  readonly backend: BackendName;
  readonly data: DataChoice;
  readonly training: Omit<TrainingState, 'weights'>;
  readonly score?: Score;
  readonly shuffled?: Score;
}

/** The arrays of a run, in `weights.bin` (float32, little-endian) with their names and sizes in `weights.json`. */
export interface RunArrays {
  readonly layers: readonly Float32Array[];
  readonly readout?: LinearReadout;
}

const where = 'run folder';
const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const record: Check = (value) => (isRecord(value) ? right(value) : left('a record'));
const text: Check = (value) => (typeof value === 'string' ? right(value) : left('a text'));
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? right(value) : check(value);
const points: Check = (value) =>
  Array.isArray(value) && value.every((point: Partial<ConvergencePoint>) => Number.isFinite(point?.value))
    ? right(value)
    : left('a list of points');

/**
 * A run as `run.json` tells it.
 *
 * @param folder  for messages.
 * @throws {StdpError} when it is of another format or damaged.
 */
export function parseRun(folder: string, json: string): Run {
  const given = parseJson(folder, 'run.json', json) as Run;
  ensure(isRecord(given) && given.format === 'tfjs-stdp run 1', where, folder, () => 'has a run.json of another format');
  try {
    const run = orThrow(
      validateParams<Run>('run.json', given, given, {
        format: text,
        status: oneOf('complete', 'interrupted'),
        network: record,
        seed: integerFrom(0),
        control: flag,
        backend: oneOf(...backendNames),
        data: record,
        training: record,
        score: optional(record),
        shuffled: optional(record),
      }),
    );
    const network = orThrow(validateNetworkSpec(run.network));
    orThrow(
      validateParams('run.json: data', run.data, run.data, {
        name: text,
        directory: optional(text),
        train: integerFrom(1),
        holdout: integerFrom(0),
        channels: integerFrom(1),
      }),
    );
    orThrow(
      validateParams('run.json: training', run.training, run.training, {
        layer: integerFrom(0),
        imagesSeen: integerFrom(0),
        convergence: points,
      }),
    );
    return { ...run, network };
  } catch (reason) {
    throw new StdpError(where, folder, `is damaged: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}

/** That the arrays are those of the run: every layer begun has its weights, and the read-out fits the last. */
export function checkArrays(folder: string, { network, training, data, status }: Run, { layers, readout }: RunArrays): void {
  const begun = training.layer + (training.imagesSeen > 0 ? 1 : 0);
  const sizes = network.layers.map(
    ({ kernelSize, maps }, index) => kernelSize ** 2 * (network.layers[index - 1]?.maps ?? data.channels) * maps,
  );
  const fits =
    begun <= sizes.length &&
    layers.length === begun &&
    layers.every((values, index) => values.length === sizes[index]) &&
    (status === 'interrupted' || readout !== undefined);
  const features = network.readout.grid ** 2 * (network.layers.at(-1)?.maps ?? 0);
  const readable =
    readout === undefined ||
    (readout.mean.length === features &&
      readout.scale.length === features &&
      readout.weights.length === features * readout.classes);
  ensure(fits && readable, where, folder, () => 'is damaged: its weights are not those that run.json tells of');
}

/** JSON of a file in the folder. */
export function parseJson(folder: string, name: string, json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (reason) {
    throw new StdpError(where, folder, `has a damaged ${name}: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}
