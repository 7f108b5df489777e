import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { ensure, orThrow } from '../core/errors.js';
import type { DataSet } from '../data/dataSet.js';
import { buildRun } from '../io/buildRun.js';
import { checksum } from '../io/checksum.js';
import { networkFromJSON } from '../io/kinds/networkJson.js';
import { kindOf, type Run } from '../io/kinds/networkKinds.js';
import { libraryVersion } from '../io/libraryVersion.js';
import { readRunFolder, writeRunFolder } from '../io/runFolder.js';
import { removeRun } from '../io/runPlace.js';
import { formatWeights } from '../io/weightsFile.js';
import type { OnProgress } from '../networks/onProgress.js';
import { localPool, type WorkerPool } from '../networks/workers/workerPool.js';
import { idOf, type RunRequest } from './plan.js';
import { RunInterrupted, type RunResult } from './runResult.js';
import { loadSweepData } from './sweepData.js';

/**
 * How a run is done.
 *
 * @property data     where the images lie here. Default: as the sweep was planned.
 * @property signal   stops it after the present piece of work.
 * @property workers  who works. Default: this thread.
 * @property folder   where an interrupted run is saved, and gone on with. Default: nowhere.
 * @property keep     whether the folder stays when the run is done. Default false.
 */
export interface RunOptions {
  readonly data?: string | undefined;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly workers?: WorkerPool;
  readonly folder?: string;
  readonly keep?: boolean;
}

/**
 * Does one run: trains, reads out, tests. The same request gives the same bits everywhere.
 *
 * @throws {StdpError} for a wrong request or bad data, which no further attempt mends.
 * @throws {RunInterrupted} when the signal stopped it; anything else may go well another time.
 */
export async function runOne(request: RunRequest, options: RunOptions = {}): Promise<RunResult> {
  const { version, kind: name, seed } = request;
  const problem = () => `was planned with version ${version} of this library, this is ${libraryVersion}: results would differ`;
  ensure(version === libraryVersion, 'sweep', 'the run', problem);
  const started = performance.now();
  const kind = kindOf({ kind: name });
  const network = orThrow(kind.validate(networkFromJSON(request.network) as object));
  const data = await loadSweepData(request.data, seed, options.data);
  const run = await trained(request, network, data, options);
  const { score, arrays } = run;
  const shuffled = 'shuffled' in run ? run.shuffled : undefined;
  if (run.status !== 'complete' || score === undefined) throw new RunInterrupted('was stopped before it was done');
  const { json, bin } = formatWeights(kind.namedArrays(arrays));
  return {
    id: idOf(request),
    status: 'done',
    accuracy: score.accuracy,
    ...(shuffled && { shuffledAccuracy: shuffled.accuracy }),
    confusion: score.confusion,
    weights: checksum(json, bin),
    seconds: (performance.now() - started) / 1000,
    ended: new Date().toISOString(),
    host: hostname(),
  };
}

/** Trains from the beginning, or from where an interrupted run was left; saves what is to be kept. */
async function trained(request: RunRequest, network: Run['network'], data: DataSet, options: RunOptions): Promise<Run> {
  const { kind: name, seed, control, backend } = request;
  const { onProgress = () => undefined, signal = new AbortController().signal, workers = localPool(), folder, keep } = options;
  const kind = kindOf({ kind: name });
  const from = folder !== undefined && existsSync(folder) ? await readRunFolder(folder) : undefined;
  if (from?.status === 'complete') return from;
  const context = { seed, from, control, backend, onProgress, signal, workers, onLearned: () => undefined };
  const learned = await kind.train(network, data, context);
  const { path: directory, holdout } = request.data;
  const run = buildRun(kind, network, learned, { seed, data, directory: options.data ?? directory, holdout });
  if (folder !== undefined && (run.status !== 'complete' || keep)) writeRunFolder(folder, run);
  else if (from !== undefined && folder !== undefined) removeRun(folder);
  return run;
}
