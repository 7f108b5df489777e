import type { BackendName } from '../../backends/useBackend.js';
import { accuracyByClass } from '../../data/classNames.js';
import type { Tester } from '../../io/kinds/networkKind.js';
import { kindOf, type Run } from '../../io/kinds/networkKinds.js';
import { percent } from '../../io/percent.js';
import { loadRun } from '../../io/runFolder.js';
import { exitCodeAfter, onInterrupt } from '../interrupts.js';
import { ensureTested } from '../job/ensureTested.js';
import { refuseOptions } from '../job/refuseOptions.js';
import { testData } from '../job/testData.js';
import { showProgress } from '../progress.js';
import { confusionTable, printable, say, sayJson } from '../text.js';
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
export async function evaluateCommand(folder: string, options: EvaluateOptions): Promise<number> {
  const { backend, workers, json } = options;
  const run = await loadRun(folder);
  const test = testerOf(run, folder, backend);
  const data = await testData(run, folder, options);
  const progress = showProgress();
  const release = onInterrupt((_, signal) => {
    progress.stop();
    process.exit(exitCodeAfter(signal));
  });
  const { accuracy, confusion } = await withWorkers(workers, (workers) =>
    test(data, { backend, onProgress: progress.update, workers }),
  ).finally(() => {
    progress.stop();
    release();
  });
  const names = run.data.classNames ?? data.classNames;
  const told = { accuracy, confusion, accuracyByClass: accuracyByClass(confusion, names) };
  if (json) sayJson({ ...told, seed: run.seed, data: data.name, images: data.test.count });
  else
    say(
      `\n${printable(`${run.network.name} on ${data.name}`)}: accuracy ${percent(accuracy)} of ${data.test.count} images\n\n${confusionTable(confusion, names)}`,
    );
  return 0;
}

/** How a run is tested. @throws {StdpError} when it can't be yet, or an option isn't for it. */
function testerOf(run: Run, folder: string, backend: BackendName | undefined): Tester {
  const tester = ensureTested(run, folder, 'stdp evaluate');
  refuseOptions(kindOf(run), run.network.name, { backend });
  return tester;
}
