import { type BackendName, useBackend } from '../backends/useBackend.js';
import { orThrow, StdpError, unreachable } from '../core/errors.js';
import type { DataSet } from '../data/dataSet.js';
import { competitiveRun, latencyRun } from '../io/buildRun.js';
import type { Run } from '../io/run.js';
import { type CompetitiveResult, runCompetitive } from '../networks/competitive/competitiveExperiment.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../networks/competitiveSpec/competitiveSpec.js';
import type { CompetitiveState } from '../networks/competitiveSpec/competitiveState.js';
import { type Experiment, runExperiment } from '../networks/latency/runExperiment.js';
import { type NetworkSpec, validateNetworkSpec } from '../networks/latency/spec/networkSpec.js';
import type { TrainingState } from '../networks/latency/training/trainingState.js';
import type { OnProgress } from '../networks/onProgress.js';
import type { WorkerPool } from '../networks/workers/workerPool.js';
import type { CompetitivePreset } from '../papers/preset.js';
import { type PresetName, presets } from '../papers/presets.js';
import type { DataRequest } from './chooseData.js';
import { applySettings } from './settings.js';
import type { TrainOptions } from './trainOptions.js';

/** Convolution on latencies, read out by a linear classifier. */
interface LatencyJob {
  readonly kind: 'latency';
  readonly network: NetworkSpec;
  readonly control: boolean;
  readonly backend: BackendName;
  readonly from?: TrainingState;
}

/** A competitive layer whose neurons vote. */
interface CompetitiveJob {
  readonly kind: 'competitive';
  readonly network: CompetitiveSpec;
  readonly from?: CompetitiveState;
}

/** What to train, from its beginning or from where an interrupted run stopped. */
export type Job = LatencyJob | CompetitiveJob;

/** What jobs of every kind need. */
export interface JobContext {
  readonly seed: number;
  readonly request: DataRequest;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  readonly workers: WorkerPool;
}

/** The job that the options ask for. */
export function newJob(name: PresetName, options: TrainOptions): Job {
  const preset = presets[name];
  switch (preset.kind) {
    case 'latency':
      refuseOptions(name, options, ['neurons'], 'competitive');
      return {
        kind: preset.kind,
        network: orThrow(validateNetworkSpec(applySettings(preset.network, options.set))),
        control: options.control !== undefined,
        backend: options.backend ?? 'wasm',
      };
    case 'competitive': {
      refuseOptions(name, options, ['control', 'backend'], 'latency');
      const network = applySettings(preset.network(neuronsOf(preset, options)), options.set);
      return { kind: preset.kind, network: orThrow(validateCompetitiveSpec(network)) };
    }
    default:
      return unreachable(preset);
  }
}

/** How many neurons the options ask for: what the preset scales with them is the same by whichever option. */
function neuronsOf({ network, neurons: usual }: CompetitivePreset, { neurons, set }: TrainOptions): number {
  const settled: unknown = applySettings(network(neurons ?? usual), set).layer?.neurons;
  if (!Number.isSafeInteger(settled) || Number(settled) < 1) return neurons ?? usual; // told of when all is checked
  if (neurons !== undefined && neurons !== settled)
    throw new StdpError('stdp', '--neurons', `${neurons} and --set layer.neurons=${settled} differ: give one of them`);
  return Number(settled);
}

/** The job of an interrupted run. */
export function resumedJob(run: Run, options: TrainOptions): Job {
  switch (run.kind) {
    case 'latency': {
      const { kind, network, control, backend, training, arrays } = run;
      return { kind, network, control, backend: options.backend ?? backend, from: { ...training, weights: arrays.layers } };
    }
    case 'competitive': {
      refuseOptions(run.network.name, options, ['backend'], 'latency');
      const { kind, network, training, arrays } = run;
      return { kind, network, from: { ...training, weights: arrays.weights, theta: arrays.theta } };
    }
    default:
      return unreachable(run);
  }
}

/** @param kind  of the presets that such options are for. */
function refuseOptions(
  name: string,
  options: TrainOptions,
  foreign: readonly ('neurons' | 'control' | 'backend')[],
  kind: Job['kind'],
): void {
  const given = foreign.find((option) => options[option] !== undefined);
  if (given !== undefined) throw new StdpError('stdp', `--${given}`, `is not for ${name}, but for ${presetsOf(kind).join(', ')}`);
}

const presetsOf = (kind: Job['kind']): readonly string[] =>
  Object.entries(presets).flatMap(([name, preset]) => (preset.kind === kind ? [name] : []));

/** What came of a job: all of it, or what had been learned when something failed. */
export interface Outcome {
  readonly run: Run;
  readonly failure?: { readonly reason: unknown };
}

/** Trains, reads out and tests. What has been learned outlives what fails afterwards. */
export function runJob(job: Job, data: DataSet, context: JobContext): Promise<Outcome> {
  switch (job.kind) {
    case 'latency':
      return runLatencyJob(job, data, context);
    case 'competitive':
      return runCompetitiveJob(job, data, context);
    default:
      return unreachable(job);
  }
}

async function runLatencyJob({ from, ...job }: LatencyJob, data: DataSet, { request, ...context }: JobContext): Promise<Outcome> {
  await useBackend(job.backend);
  const { control } = job;
  const { result, ...failed } = await keepLearned<Experiment>(
    async (onLearned) =>
      ensureFitted(await runExperiment(job.network, data, { ...context, control, onLearned, ...(from && { from }) })),
    (training) => ({ training }),
  );
  const origin = originOf(request, data);
  return { run: latencyRun(job.network, result, { ...origin, control, backend: job.backend }), ...failed };
}

const originOf = ({ seed, directory, holdout }: DataRequest, data: DataSet) => ({ seed, data, directory, holdout });

/** Throws when the read-out came out as no numbers, as extreme settings can make it: the layers are kept, without it. */
function ensureFitted(experiment: Experiment): Experiment {
  const { mean, scale, weights, bias } = experiment.readout ?? {};
  const finite = [mean, scale, weights, bias].every((values) => values?.every(Number.isFinite) !== false);
  if (finite) return experiment;
  throw new StdpError('stdp', 'the read-out', 'came out as values that are not finite numbers; try other settings of it');
}

async function runCompetitiveJob(
  { from, ...job }: CompetitiveJob,
  data: DataSet,
  { request, ...context }: JobContext,
): Promise<Outcome> {
  const { result, ...failed } = await keepLearned<CompetitiveResult>(
    (onLearned) => runCompetitive(job.network, data, { ...context, onLearned, ...(from && { from }) }),
    (training) => ({ training }),
  );
  const run = competitiveRun(job.network, result, originOf(request, data));
  return { run, ...failed };
}

/**
 * The result of an experiment, or what it had learned when it failed.
 *
 * @throws what went wrong before anything was learned.
 */
async function keepLearned<R extends { readonly training: unknown }>(
  experiment: (onLearned: (training: R['training']) => void) => Promise<R>,
  unfinished: (training: R['training']) => R,
): Promise<{ readonly result: R; readonly failure?: { readonly reason: unknown } }> {
  let learned: R | undefined;
  const onLearned = (training: R['training']): void => {
    learned = unfinished(training);
  };
  try {
    return { result: await experiment(onLearned) };
  } catch (reason) {
    if (learned === undefined) throw reason;
    return { result: learned, failure: { reason } };
  }
}
