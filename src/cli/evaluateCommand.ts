import { type BackendName, useBackend } from '../backends/useBackend.js';
import { StdpError } from '../core/errors.js';
import { readRunFolder } from '../io/runFolder.js';
import { evaluateNetwork } from '../networks/runExperiment.js';
import { chooseData } from './chooseData.js';
import { onInterrupt } from './interrupts.js';
import { showProgress } from './progress.js';
import { confusionTable, percent } from './text.js';

/** The options of `stdp evaluate`, parsed. */
export interface EvaluateOptions {
  readonly data?: string;
  readonly backend?: BackendName;
  readonly json?: true;
}

/** Tests a saved network again, on the images it was tested on or on those of `--data`. */
export async function evaluateCommand(folder: string, { data: directory, backend, json }: EvaluateOptions): Promise<number> {
  const { run, arrays } = await readRunFolder(folder);
  if (arrays.readout === undefined) {
    throw new StdpError(
      'stdp evaluate',
      folder,
      'was interrupted before its read-out was fitted; go on with stdp train --resume',
    );
  }
  const data = await chooseData({
    directory: directory ?? run.data.directory,
    seed: run.seed,
    train: undefined,
    holdout: run.data.holdout,
  });
  await useBackend(backend ?? run.backend);
  const progress = showProgress();
  const release = onInterrupt(() => {
    progress.stop();
    process.exit(130);
  });
  const { accuracy, confusion } = await evaluateNetwork(
    run.network,
    arrays.layers,
    arrays.readout,
    data.test,
    data,
    progress.update,
  ).finally(() => {
    progress.stop();
    release();
  });
  if (json) console.log(JSON.stringify({ accuracy, confusion, seed: run.seed, data: data.name, images: data.test.count }));
  else
    console.log(
      `\n${run.network.name} on ${data.name}: accuracy ${percent(accuracy)} of ${data.test.count} images\n\n${confusionTable(confusion)}`,
    );
  return 0;
}
