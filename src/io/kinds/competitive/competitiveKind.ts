import { integerFrom } from '../../../core/params/validation.js';
import { bytesOf, type DataSet } from '../../../data/dataSet.js';
import type { Checkpoints } from '../../../networks/checkpoints.js';
import {
  type CompetitiveExperimentState,
  type CompetitiveResult,
  evaluateCompetitive,
  runCompetitive,
} from '../../../networks/competitive/competitiveExperiment.js';
import { untrainedLayer } from '../../../networks/competitive/trainCompetitive.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../../../networks/competitiveSpec/competitiveSpec.js';
import type { RecordOf } from '../../run.js';
import type { Learned, NetworkKind, Tester, Training } from '../networkKind.js';
import { checkRecord, commonChecks, points } from '../recordChecks.js';
import { competitiveArraysFit, competitiveNamedArrays, withCompetitiveArrays } from './competitiveArrays.js';
import { competitiveNumbers, competitivePictures, competitiveSpikes } from './competitivePictures.js';
import type { CompetitiveRun } from './competitiveRun.js';

/** A competitive layer whose neurons vote. */
export const competitiveKind: NetworkKind<CompetitiveRun> = {
  name: 'competitive',
  options: ['neurons'],
  channels: (_network, { channels }) => channels,
  stateArrays: ['weights', 'theta'],
  validate: validateCompetitiveSpec,
  memory: ({ layer }, data, workers) => ({
    // What is learned, while it is learned and when it is written, and a copy for each who answers.
    bytes: 4 * bytesOf(data) * layer.neurons * (3 + workers),
    savings: 'fewer neurons or --workers',
  }),
  untrained: (network, data, { seed }) => ({
    ...competitiveLearned({ training: untrainedLayer(network, bytesOf(data), seed) }),
    status: 'running',
  }),
  train,
  tester,
  checkRecord: (record) =>
    checkRecord<RecordOf<CompetitiveRun>>(
      record,
      commonChecks,
      { imagesSeen: integerFrom(0), activity: points('images', 'spikes') },
      validateCompetitiveSpec,
    ),
  namedArrays: competitiveNamedArrays,
  withArrays: withCompetitiveArrays,
  fits: competitiveArraysFit,
  numbers: competitiveNumbers,
  spikes: competitiveSpikes,
  pictures: competitivePictures,
};

/** What came of an experiment: `complete` when it was tested. */
export const competitiveLearned = ({
  training: { weights, theta, ...training },
  rates,
  score,
}: CompetitiveResult): Learned<CompetitiveRun> => ({
  status: score === undefined ? 'interrupted' : 'complete',
  training,
  ...(score && { score }),
  arrays: { weights, theta, ...(rates && { answers: rates }) },
});

async function train(
  network: CompetitiveSpec,
  data: DataSet,
  { from, onLearned, seed, onProgress, signal, workers, checkpoints }: Training<CompetitiveRun>,
): Promise<Learned<CompetitiveRun>> {
  const result = await runCompetitive(network, data, {
    ...{ seed, onProgress, signal, workers },
    onLearned: (training) => onLearned(competitiveLearned({ training })),
    ...(checkpoints && { checkpoints: checkpoints as Checkpoints<CompetitiveExperimentState> }),
    ...(from && { from: { ...from.training, weights: from.arrays.weights, theta: from.arrays.theta } }),
  });
  return competitiveLearned(result);
}

function tester({ network, seed, arrays: { answers, ...learned } }: CompetitiveRun): Tester | undefined {
  if (answers === undefined) return undefined;
  return (data, { onProgress, workers }) => evaluateCompetitive(network, learned, answers, data, { seed, onProgress, workers });
}
