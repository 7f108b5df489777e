import { join } from 'node:path';
import { type BackendName, useBackend } from '../backends/useBackend.js';
import { orThrow, StdpError } from '../core/errors.js';
import type { Run, RunArrays } from '../io/run.js';
import { checkRunFolder, readRunFolder, writeRunFolder } from '../io/runFolder.js';
import { validateNetworkSpec } from '../networks/networkSpec.js';
import { type Experiment, runExperiment } from '../networks/runExperiment.js';
import type { TrainingState } from '../networks/trainNetwork.js';
import { type PresetName, presets } from '../papers/presets.js';
import { chooseData, type DataRequest, describeData } from './chooseData.js';
import { onInterrupt } from './interrupts.js';
import { applySettings } from './options.js';
import { showProgress } from './progress.js';
import { confusionTable, percent } from './text.js';

/** The options of `stdp train`, parsed. */
export interface TrainOptions {
  readonly data?: string;
  readonly preset?: PresetName;
  readonly seed?: number;
  readonly train?: number;
  readonly holdout?: number;
  readonly backend?: BackendName;
  readonly out?: string;
  readonly control?: 'shuffled';
  readonly set: readonly string[];
  readonly resume?: string;
  readonly json?: true;
}

/** What to run: from the options, or from the folder of an interrupted run. */
interface Plan {
  readonly run: Omit<Run, 'status' | 'training' | 'data'>;
  readonly request: DataRequest;
  readonly from?: TrainingState;
  readonly out: string;
}

/**
 * Trains, tests and writes a run folder. Ctrl-C stops after the present piece of work and still writes it; the second
 * quits at once and writes nothing.
 *
 * @returns the exit code: 0, or 130 when interrupted.
 */
export async function trainCommand(options: TrainOptions): Promise<number> {
  const started = performance.now();
  const plan = options.resume === undefined ? newPlan(options) : await resumedPlan(options, options.resume);
  checkRunFolder(plan.out);
  const data = await chooseData(plan.request);
  await useBackend(plan.run.backend);
  const progress = showProgress();
  const abort = new AbortController();
  const release = onInterrupt((times) => {
    progress.stop();
    if (times > 1) process.exit(130);
    process.stderr.write('\nStopping; what was learned so far is being saved (Ctrl-C again to quit at once).\n');
    abort.abort();
  });
  const { seed, control, network } = plan.run;
  const experiment = await runExperiment(network, data, {
    seed,
    control,
    ...(plan.from && { from: plan.from }),
    onProgress: progress.update,
    signal: abort.signal,
  }).finally(progress.stop);
  const run = finishedRun(plan, describeData(data, plan.request), experiment);
  const arrays: RunArrays = { layers: experiment.training.weights, ...(experiment.readout && { readout: experiment.readout }) };
  const seconds = (performance.now() - started) / 1000;
  const { runFiles } = await import('./runReport.js');
  writeRunFolder(plan.out, run, arrays, await runFiles(run, arrays, data, commandLine(), seconds));
  release();
  print(options, run, plan.out, seconds);
  return run.status === 'complete' ? 0 : 130;
}

function newPlan({
  data,
  preset = data === undefined ? 'digits' : 'quick',
  seed = 1,
  train,
  holdout = 0,
  backend = 'wasm',
  out,
  control,
  set,
}: TrainOptions): Plan {
  const network = orThrow(validateNetworkSpec(applySettings(presets[preset].network, set)));
  return {
    run: { format: 'tfjs-stdp run 1', network, seed, control: control !== undefined, backend },
    request: { directory: data, seed, train, holdout },
    out: out ?? join('runs', `${preset}-seed${seed}`),
  };
}

async function resumedPlan({ backend, out, ...given }: TrainOptions, folder: string): Promise<Plan> {
  const fixed = (['data', 'preset', 'seed', 'train', 'holdout', 'control'] as const).find((name) => given[name] !== undefined);
  if (fixed !== undefined || given.set.length > 0)
    throw new StdpError('stdp', '--resume', `goes on with the run's own --${fixed ?? 'set'}; leave it out`);
  const { run, arrays } = await readRunFolder(folder);
  if (run.status === 'complete') throw new StdpError('stdp', folder, 'is complete: there is nothing to resume');
  return {
    run: { format: run.format, network: run.network, seed: run.seed, control: run.control, backend: backend ?? run.backend },
    request: { directory: run.data.directory, seed: run.seed, train: run.data.train, holdout: run.data.holdout },
    from: { ...run.training, weights: arrays.layers },
    out: out ?? folder,
  };
}

function finishedRun(
  { run }: Plan,
  data: Run['data'],
  { training: { weights: _, ...training }, score, control }: Experiment,
): Run {
  const complete = score !== undefined && (control !== undefined || !run.control);
  return {
    ...run,
    status: complete ? 'complete' : 'interrupted',
    data,
    training,
    ...(score && { score }),
    ...(control && { shuffled: control }),
  };
}

const commandLine = (): string => ['stdp', ...process.argv.slice(2)].join(' ');

function print({ json }: TrainOptions, run: Run, out: string, seconds: number): void {
  if (json) {
    const { score, shuffled, status, seed, data, network } = run;
    const summary = {
      status,
      accuracy: score?.accuracy,
      shuffledAccuracy: shuffled?.accuracy,
      confusion: score?.confusion,
      seed,
      seconds,
      preset: network.name,
      data,
      out,
    };
    console.log(JSON.stringify(summary));
    return;
  }
  console.log(
    `\n${run.network.name} on ${run.data.name}: ${run.data.train} training images, seed ${run.seed}, ${seconds.toFixed(1)} s`,
  );
  if (run.score !== undefined)
    console.log(`${run.data.holdout > 0 ? 'Held-out' : 'Test'} accuracy ${percent(run.score.accuracy)}`);
  if (run.shuffled !== undefined) console.log(`With the weights shuffled inside each map: ${percent(run.shuffled.accuracy)}`);
  if (run.score !== undefined)
    console.log(`\nConfusion matrix (rows: what it is, columns: what was seen)\n${confusionTable(run.score.confusion)}`);
  if (run.status === 'interrupted') console.log(`Interrupted. Go on with: stdp train --resume ${out}`);
  console.log(`\nPictures, report and weights: ${join(out, 'report.html')}`);
}
