import { expect } from 'vitest';
import type { DataSet } from '../../../src/data/dataSet.js';
import type { Checkpoints } from '../../../src/networks/checkpoints.js';
import type { Experiment, ExperimentState } from '../../../src/networks/latency/experiment.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import type { NetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';

/** An experiment that is stopped when its read-out has learned from `images`, and goes on from what was kept then. */
export async function stoppedAndResumed(spec: NetworkSpec, data: DataSet, images: number): Promise<Experiment> {
  const stop = new AbortController();
  let kept: ExperimentState | undefined;
  const checkpoints: Checkpoints<ExperimentState> = {
    state: undefined,
    due: () => false,
    keep: (state) => {
      kept = state;
    },
    pieces: () => ({ kept: () => [], add: () => undefined }),
  };
  const onProgress = (stage: string, done: number) => {
    if (stage === 'fit read-out' && done === images) stop.abort();
  };
  const begun = await runExperiment(spec, data, { seed: 1, checkpoints, signal: stop.signal, onProgress });
  expect([begun.score, kept?.fit && 'imagesSeen' in kept.fit && kept.fit.imagesSeen]).toEqual([undefined, images]);
  return runExperiment(spec, data, { seed: 1, checkpoints: { ...checkpoints, state: kept } });
}
