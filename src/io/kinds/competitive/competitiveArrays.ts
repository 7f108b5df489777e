import type { NamedArrays, RecordOf } from '../../run.js';
import type { CompetitiveRun } from './competitiveRun.js';

/** What the layer learned and what its neurons answer by name. */
export const competitiveNamedArrays = ({ weights, theta, answers }: CompetitiveRun['arrays']): NamedArrays =>
  new Map([['weights', weights], ['theta', theta], ...(answers === undefined ? [] : [['answers', answers.rates] as const])]);

/** A run with the arrays that {@link competitiveNamedArrays} named. */
export function withCompetitiveArrays(record: RecordOf<CompetitiveRun>, named: NamedArrays): CompetitiveRun {
  const { neurons } = record.network.layer;
  const [weights = new Float32Array(), theta = new Float32Array(), rates] = ['weights', 'theta', 'answers'].map((name) =>
    named.get(name),
  );
  const answers = rates && { answers: { classes: rates.length / neurons, rates } };
  return { ...record, arrays: { weights, theta, ...answers } };
}

/** Whether every neuron has weights, a threshold, and once the run is complete answers to each class. */
export function competitiveArraysFit({ network, status, arrays: { weights, theta, answers } }: CompetitiveRun): boolean {
  const { neurons } = network.layer;
  const pixels = weights.length / neurons;
  return (
    Number.isInteger(pixels) &&
    pixels > 0 &&
    theta.length === neurons &&
    (answers === undefined ? status !== 'complete' : Number.isInteger(answers.classes) && answers.classes > 0)
  );
}
