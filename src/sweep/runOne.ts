import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { ensure, orThrow } from '../core/errors.js';
import type { DataSet } from '../data/dataSet.js';
import { readingOf } from '../data/files/reading.js';
import { buildRun } from '../io/buildRun.js';
import { checksum } from '../io/checksum.js';
import { networkFromJSON } from '../io/kinds/networkJson.js';
import { kindOf, type Run } from '../io/kinds/networkKinds.js';
import { libraryVersion } from '../io/libraryVersion.js';
import { loadRun, saveRun } from '../io/runFolder.js';
import { formatWeights } from '../io/weightsFile.js';
import type { OnProgress } from '../networks/onProgress.js';
import { localPool, type WorkerPool } from '../networks/workers/workerPool.js';
import { lateCheckpoints } from './lateCheckpoints.js';
import { idOf, type RunRequest } from './plan.js';
import { RunInterrupted, type RunResult } from './runResult.js';
import { loadSweepData } from './sweepData.js';

/** How a run is done. */
export interface RunOptions {
  /** Where the images lie here. Default: as the sweep was planned. */
  readonly data?: string | undefined;
  readonly onProgress?: OnProgress;
  /** Stops it after the present piece of work. */
  readonly signal?: AbortSignal;
  /** Who works. Default: this thread. */
  readonly workers?: WorkerPool;
  /**
   * Of the run, if it is kept; beside it, in `<folder>.progress`, is what it goes on from when it was interrupted or killed. Default:
   * none.
   */
  readonly folder?: string | undefined;
  /** Whether the folder of the run is written when it is done. Default false. */
  readonly keep?: boolean;
  /** Seconds between two checkpoints. Default 30. */
  readonly checkpoint?: number;
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
  const controlled = 'controlled' in run ? run.controlled : undefined;
  if (run.status !== 'complete' || score === undefined) throw new RunInterrupted('was stopped before it was done');
  const { json, bin } = formatWeights(kind.namedArrays(arrays));
  return {
    id: idOf(request),
    status: 'done',
    accuracy: score.accuracy,
    ...(controlled && { controlAccuracy: controlled.accuracy }),
    confusion: score.confusion,
    weights: checksum(json, bin),
    seconds: (performance.now() - started) / 1000,
    ended: new Date().toISOString(),
    host: hostname(),
  };
}

/** Trains from the beginning, or from where it was left; saves what is to be kept. */
async function trained(request: RunRequest, network: Run['network'], data: DataSet, options: RunOptions): Promise<Run> {
  const { kind: name, seed, control, backend } = request;
  const { onProgress = () => undefined, signal = new AbortController().signal, workers = localPool(), folder, keep } = options;
  const kind = kindOf({ kind: name });
  const before = folder !== undefined && existsSync(folder) ? await loadRun(folder) : undefined;
  if (before?.status === 'complete') return before;
  const checkpoints = folder === undefined ? undefined : lateCheckpoints(`${folder}.progress`, options.checkpoint);
  let done = false;
  try {
    const asked = { seed, from: undefined, control, backend, onProgress, signal, workers, checkpoints };
    const learned = await kind.train(network, data, { ...asked, onLearned: () => undefined });
    const { path: directory, holdout, ...reading } = request.data;
    const run = buildRun(kind, network, learned, {
      seed,
      data,
      directory: options.data ?? directory,
      holdout,
      ...readingOf(reading),
    });
    done = run.status === 'complete';
    if (done && keep && folder !== undefined) saveRun(folder, run);
    return run;
  } finally {
    checkpoints?.end(done);
  }
}
