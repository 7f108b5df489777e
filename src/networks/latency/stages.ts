import type { DataSet } from '../../data/dataSet.js';
import type { Recording } from '../checkpoints.js';
import type { WorkerPool } from '../workers/workerPool.js';
import type { ExperimentOptions, ExperimentState } from './experiment.js';
import type { NetworkSpec } from './spec/networkSpec.js';

/** What all stages of an experiment need, checked. */
export interface Stages extends Omit<ExperimentOptions, 'from' | 'checkpoints'> {
  readonly network: NetworkSpec;
  readonly data: DataSet;
  readonly workers: WorkerPool;
  readonly where: string;
  readonly fits: Omit<ExperimentState, 'training'>;
  readonly record: Recording<ExperimentState>;
}
