import { resolve } from 'node:path';
import type { BackendName } from '../backends/useBackend.js';
import type { DataSet, LabelledImages } from '../data/dataSet.js';
import type { CompetitiveResult } from '../networks/competitive/competitiveExperiment.js';
import type { CompetitiveSpec } from '../networks/competitive/competitiveSpec.js';
import type { NetworkSpec } from '../networks/latency/networkSpec.js';
import type { Experiment } from '../networks/latency/runExperiment.js';
import { checksum } from './checksum.js';
import type { CompetitiveRun, DataChoice, LatencyRun } from './run.js';

/**
 * What a run remembers beside its network and its result.
 *
 * @property seed       of everything random.
 * @property data       the images that it learned from and was tested on.
 * @property directory  of their IDX files; leave it out for images that come from elsewhere.
 * @property holdout    how many of the training images there were the test set; default 0, the real one.
 */
export interface RunOrigin {
  readonly seed: number;
  readonly data: DataSet;
  readonly directory?: string | undefined;
  readonly holdout?: number;
}

/**
 * The run of {@link runExperiment}, as {@link writeRunFolder} takes it: `complete` when all that was asked for is there.
 *
 * @param origin  and, of this kind of network: `control`, whether shuffled weights were asked for (default false), and the `backend`
 *                that computed (default wasm).
 * @example
 * const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const data = digitDataSet(1, 10, 5);
 * const experiment = await runExperiment(network, data, { seed: 1 });
 * writeRunFolder('experiment', latencyRun(network, experiment, { seed: 1, data }));
 * (await readRunFolder('experiment')).score;   // => experiment.score
 */
export function latencyRun(
  network: NetworkSpec,
  { training: { weights, ...training }, readout, score, control: shuffled }: Experiment,
  { control = false, backend = 'wasm', ...origin }: RunOrigin & { readonly control?: boolean; readonly backend?: BackendName },
): LatencyRun {
  return {
    format: 'tfjs-stdp run 2',
    kind: 'latency',
    network,
    control,
    backend,
    status: score !== undefined && (shuffled !== undefined || !control) ? 'complete' : 'interrupted',
    seed: origin.seed,
    data: describe(origin, 2),
    training,
    ...(score && { score }),
    ...(shuffled && { shuffled }),
    arrays: { layers: weights, ...(readout && { readout }) },
  };
}

/**
 * The run of {@link runCompetitive}, as {@link writeRunFolder} takes it.
 *
 * @example
 * const network = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, learning: { images: 20 } }));
 * const data = digitDataSet(1, 20, 5);
 * const result = await runCompetitive(network, data, { seed: 1 });
 * writeRunFolder('competition', competitiveRun(network, result, { seed: 1, data }));
 * (await readRunFolder('competition')).score;   // => result.score
 */
export function competitiveRun(
  network: CompetitiveSpec,
  { training: { weights, theta, ...training }, rates, score }: CompetitiveResult,
  origin: RunOrigin,
): CompetitiveRun {
  return {
    format: 'tfjs-stdp run 2',
    kind: 'competitive',
    network,
    status: score === undefined ? 'interrupted' : 'complete',
    seed: origin.seed,
    data: describe(origin, 1),
    training,
    ...(score && { score }),
    arrays: { weights, theta, ...(rates && { answers: rates }) },
  };
}

const describe = ({ data, directory, holdout = 0 }: RunOrigin, channels: number): DataChoice => ({
  name: data.name,
  ...(directory !== undefined && { directory: resolve(directory) }),
  train: data.train.count,
  holdout,
  channels,
  ...fingerprint(data),
});

/** By what the images of a run are known again: their size, and the SHA-256 of each part with its labels. */
export interface Fingerprint {
  readonly rows: number;
  readonly columns: number;
  readonly checksums: { readonly train: string; readonly test: string };
}

/** The fingerprint of a data set. */
export function fingerprint({ rows, columns, train, test }: DataSet): Fingerprint {
  const sum = ({ count, pixels, labels }: LabelledImages): string =>
    checksum(`${count} × ${rows} × ${columns}\n`, pixels, labels);
  return { rows, columns, checksums: { train: sum(train), test: sum(test) } };
}
