import { integerFrom } from '../../core/params/validation.js';
import { voterLayer } from '../../kernels/host/voterLayer.js';
import { checkWithin, setupReader } from './setupReader.js';

/** What {@link vote} needs. */
interface VoteSetup {
  readonly values: Float32Array;
  readonly size: number;
  readonly weights: Float32Array;
  readonly voters: number;
  readonly answers: Float32Array;
}

/** Writes `[images, voters, 2]`: the neurons most like each image, as numbers, and their potentials. Answers of how many. */
export function vote(setup: VoteSetup) {
  const { values, size, weights, voters, answers } = setup;
  const reader = setupReader('vote', setup);
  reader.floats('values');
  const count = reader.rows('values', reader.count('size'));
  reader.floats('weights');
  const neurons = reader.rows('weights', size);
  reader.is('voters', integerFrom(1, neurons));
  reader.floats('answers', 2 * voters * count);
  const layer = voterLayer(size, { weights, thresholds: new Float32Array(neurons) });
  return (from: number, to: number): number => {
    checkWithin(to, count);
    answers.set(layer.answer(values.subarray(from * size, to * size), voters), 2 * voters * from);
    return to - from;
  };
}
