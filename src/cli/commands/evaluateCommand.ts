import { type BackendName, useBackend } from '../../backends/useBackend.js';
import { StdpError, unreachable } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import type { Run } from '../../io/run.js';
import { readRunFolder } from '../../io/runFolder.js';
import type { Score } from '../../networks/accuracy.js';
import { evaluateCompetitive } from '../../networks/competitive/competitiveExperiment.js';
import { evaluateNetwork } from '../../networks/latency/evaluateNetwork.js';
import type { OnProgress } from '../../networks/onProgress.js';
import type { WorkerPool } from '../../networks/workers/workerPool.js';
import { commandLine } from '../called.js';
import { chooseData, ensureSameData } from '../chooseData.js';
import { exitCodeAfter, onInterrupt } from '../interrupts.js';
import { showProgress } from '../progress.js';
import { confusionTable, percent, printable, say, sayJson } from '../text.js';
import { withWorkers } from '../withWorkers.js';

/** The options of `stdp evaluate`, parsed. */
export interface EvaluateOptions {
  readonly data?: string;
  readonly otherData?: boolean;
  readonly backend?: BackendName;
  readonly workers?: number;
  readonly json?: true;
}

/** Tests a saved network again, on the images it was tested on; on others with `--other-data`. */
export async function evaluateCommand(
  folder: string,
  { data: directory, otherData = false, backend, workers, json }: EvaluateOptions,
): Promise<number> {
  const run = await readRunFolder(folder);
  const test = testOf(run, folder, backend);
  const data = await chooseData({
    directory: directory ?? run.data.directory,
    seed: run.seed,
    train: undefined,
    holdout: run.data.holdout,
  });
  ensureSameData(run.data, data, { folder, given: directory !== undefined, parts: ['test'], otherData });
  const progress = showProgress();
  const release = onInterrupt((_, signal) => {
    progress.stop();
    process.exit(exitCodeAfter(signal));
  });
  const { accuracy, confusion } = await withWorkers(workers, (workers) => test(data, progress.update, workers)).finally(() => {
    progress.stop();
    release();
  });
  if (json) sayJson({ accuracy, confusion, seed: run.seed, data: data.name, images: data.test.count });
  else
    say(
      `\n${printable(`${run.network.name} on ${data.name}`)}: accuracy ${percent(accuracy)} of ${data.test.count} images\n\n${confusionTable(confusion)}`,
    );
  return 0;
}

/** How a run is tested. */
function testOf(
  run: Run,
  folder: string,
  backend?: BackendName,
): (data: DataSet, onProgress: OnProgress, workers: WorkerPool) => Promise<Score> {
  switch (run.kind) {
    case 'latency': {
      const { layers, readout } = run.arrays;
      if (readout === undefined) throw unfinished(folder);
      return async (data, onProgress, workers) => {
        await useBackend(backend ?? run.backend);
        return evaluateNetwork(run.network, layers, readout, data.test, data, onProgress, workers);
      };
    }
    case 'competitive': {
      const { answers, ...learned } = run.arrays;
      if (answers === undefined) throw unfinished(folder);
      if (backend !== undefined) throw new StdpError('stdp', '--backend', `is not for ${run.network.name}`);
      const { seed } = run;
      return (data, onProgress, workers) =>
        evaluateCompetitive(run.network, learned, answers, data, { seed, onProgress, workers });
    }
    default:
      return unreachable(run);
  }
}

const unfinished = (folder: string): StdpError =>
  new StdpError(
    'stdp evaluate',
    folder,
    `was interrupted before it could be tested; go on with: ${commandLine(['train', '--resume', folder])}`,
  );
