import type { BackendName } from '../../backends/useBackend.js';
import { orThrow } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import { buildRun } from '../../io/buildRun.js';
import type { Learned, NetworkKind, Training } from '../../io/kinds/networkKind.js';
import { kindOf, type Run, type RunRecord } from '../../io/kinds/networkKinds.js';
import type { RunProcess } from '../../io/run.js';
import type { Control } from '../../networks/latency/control/control.js';
import { presetNetwork } from '../../papers/presetNetwork.js';
import { type PresetName, presets } from '../../papers/presets.js';
import { applySettings } from '../settings.js';
import type { DataRequest } from './chooseData.js';
import { refuseOptions } from './refuseOptions.js';
import type { TrainOptions } from './trainOptions.js';

/** What to train. */
export interface Job {
  readonly kind: NetworkKind<Run>;
  readonly network: Run['network'];
  readonly control: Control | undefined;
  readonly backend: BackendName | undefined;
  /** The interrupted run to go on with; undefined for one from its beginning. */
  readonly from: Run | undefined;
}

/** What jobs of every kind need. */
export type JobContext = Pick<Training<Run>, 'seed' | 'onProgress' | 'signal' | 'workers' | 'checkpoints'> & {
  readonly request: DataRequest;
};

/** The job that the options ask for. */
export function newJob(name: PresetName, options: TrainOptions): Job {
  const preset = presets[name];
  const kind = kindOf(preset);
  refuseOptions(kind, name, options);
  const network = orThrow(
    kind.validate(presetNetwork(preset, options.neurons, (network) => applySettings(network, options.set))),
  );
  return { kind, network, control: options.control ?? false, backend: options.backend, from: undefined };
}

/**
 * The job of a run that is not complete.
 *
 * @param from  what it had learned, where its checkpoints don't tell it.
 */
export function resumedJob(record: RunRecord, from: Run | undefined, options: TrainOptions): Job {
  const kind = kindOf(record);
  refuseOptions(kind, record.network.name, options);
  const [control, own] = 'control' in record ? [record.control, record.backend] : [];
  return { kind, network: record.network, control, backend: options.backend ?? own, from };
}

/** The run of a job before it has learned anything. */
export function runToBegin(job: Job, data: DataSet, request: DataRequest, process: RunProcess): Run {
  const { kind, network, ...asked } = job;
  const learned = kind.untrained(network, data, { ...asked, seed: request.seed });
  return { ...buildRun(kind, network, learned, { ...request, data }), process };
}

/** What came of a job: all of it, or what had been learned when something failed. */
export interface Outcome {
  readonly run: Run;
  readonly failure?: { readonly reason: unknown };
}

/**
 * Trains, reads out and tests. What has been learned outlives what fails afterwards.
 *
 * @throws what went wrong before anything was learned.
 */
export async function runJob(job: Job, data: DataSet, { request, ...context }: JobContext): Promise<Outcome> {
  const { kind, network, ...asked } = job;
  let learned: Learned<Run> | undefined;
  let failure: Outcome['failure'];
  const onLearned = (training: Learned<Run>): void => {
    learned = training;
  };
  try {
    learned = await kind.train(network, data, { ...context, ...asked, onLearned });
  } catch (reason) {
    failure = { reason };
  }
  if (learned === undefined) throw failure?.reason;
  return { run: buildRun(kind, network, learned, { ...request, data }), ...(failure && { failure }) };
}
