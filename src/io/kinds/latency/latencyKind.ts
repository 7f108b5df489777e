import { type BackendName, backendNames, useBackend } from '../../../backends/useBackend.js';
import { StdpError } from '../../../core/errors.js';
import { integerFrom, oneOf, optional } from '../../../core/params/validation.js';
import type { DataSet } from '../../../data/dataSet.js';
import type { Checkpoints } from '../../../networks/checkpoints.js';
import { aControl, type Control } from '../../../networks/latency/control/control.js';
import { evaluateNetwork } from '../../../networks/latency/evaluateNetwork.js';
import type { Experiment, ExperimentState } from '../../../networks/latency/experiment.js';
import { runExperiment } from '../../../networks/latency/runExperiment.js';
import { featureSize, networkInput } from '../../../networks/latency/spec/branches.js';
import { type NetworkSpec, validateNetworkSpec } from '../../../networks/latency/spec/networkSpec.js';
import { untrained } from '../../../networks/latency/training/trainingState.js';
import type { RecordOf } from '../../run.js';
import type { Learned, NetworkKind, Tester, Training } from '../networkKind.js';
import { aControlScore, checkRecord, commonChecks, numbers, points } from '../recordChecks.js';
import { latencyArraysFit, latencyNamedArrays, readoutArraysOf, withLatencyArrays } from './latencyArrays.js';
import { latencyNumbers, latencyPictures, latencySpikes } from './latencyPictures.js';
import type { LatencyRun } from './latencyRun.js';

/** Convolution on latencies, read out by a linear classifier or by output neurons. */
export const latencyKind: NetworkKind<LatencyRun> = {
  name: 'latency',
  options: ['control', 'backend'],
  channels: (network, { rows, columns }) => networkInput(network, rows, columns).channels,
  stateArrays: ['weights'],
  validate: validateNetworkSpec,
  memory: (network, { train, test }) => ({
    bytes: 4 * featureSize(network) * (train.count + test.count),
    savings: 'fewer maps, a coarser grid or fewer images',
  }),
  untrained: (_network, _data, { control = false, backend = 'wasm' }) => ({
    ...latencyLearned({ training: untrained }, { control, backend }),
    status: 'running',
  }),
  train,
  tester,
  checkRecord: (record) =>
    checkRecord<RecordOf<LatencyRun>>(
      record,
      { ...commonChecks, control: aControl, backend: oneOf(...backendNames), controlled: optional(aControlScore) },
      {
        layer: integerFrom(0),
        imagesSeen: integerFrom(0),
        convergence: points('layer', 'images', 'value'),
        thresholds: optional(numbers),
      },
      validateNetworkSpec,
    ),
  namedArrays: latencyNamedArrays,
  withArrays: withLatencyArrays,
  fits: latencyArraysFit,
  numbers: latencyNumbers,
  spikes: latencySpikes,
  pictures: latencyPictures,
};

/** What came of an experiment: `complete` when all that was asked for is there. */
export function latencyLearned(
  { training: { weights, ...training }, readout, score, control: controlled }: Experiment,
  asked: { readonly control: Control; readonly backend: BackendName },
): Learned<LatencyRun> {
  return {
    status: score !== undefined && (controlled !== undefined || asked.control === false) ? 'complete' : 'interrupted',
    ...asked,
    training,
    ...(score && { score }),
    ...(controlled && { controlled }),
    arrays: { layers: weights, ...(readout && { readout }) },
  };
}

async function train(
  network: NetworkSpec,
  data: DataSet,
  {
    from,
    control = from?.control ?? false,
    backend = from?.backend ?? 'wasm',
    onLearned,
    checkpoints,
    ...options
  }: Training<LatencyRun>,
): Promise<Learned<LatencyRun>> {
  const asked = { control, backend };
  await useBackend(backend);
  const experiment = await runExperiment(network, data, {
    ...options,
    control,
    onLearned: (training) => onLearned(latencyLearned({ training }, asked)),
    ...(checkpoints && { checkpoints: checkpoints as Checkpoints<ExperimentState> }),
    ...(from && { from: { ...from.training, weights: from.arrays.layers } }),
  });
  ensureFitted(experiment);
  return latencyLearned(experiment, asked);
}

/** Throws when the read-out came out as no numbers, as extreme settings can make it: the layers are kept, without it. */
function ensureFitted({ readout }: Experiment): void {
  const finite = [...readoutArraysOf(readout).values()].every((values) => values.every(Number.isFinite));
  if (finite) return;
  throw new StdpError('stdp', 'the read-out', 'came out as values that are not finite numbers; try other settings of it');
}

function tester({ network, backend: own, arrays: { layers, readout } }: LatencyRun): Tester | undefined {
  if (readout === undefined) return undefined;
  return async (data, { backend = own, onProgress, workers }) => {
    await useBackend(backend);
    return evaluateNetwork(network, layers, readout, data.test, data, onProgress, workers);
  };
}
