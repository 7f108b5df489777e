import { floatAt } from '../../core/at.js';
import { positiveScalar } from '../../core/params/validation.js';
import { raceLayer, type SpikeLists } from '../../kernels/host/raceLayer.js';
import { spikeLists } from '../../kernels/host/spikeLists.js';
import { checkWithin, setupReader } from './setupReader.js';

/** Features of many images, and what each spikes at once at. */
interface Scaled {
  readonly values: Float32Array;
  readonly scale: Float32Array;
}

/** That features are whole rows. Answers how many rows. */
function checkScaled(job: string, setup: Scaled): number {
  const reader = setupReader(job, setup);
  const { length } = reader.floats('scale');
  reader.floats('values');
  return reader.rows('values', length);
}

/** Answers the largest value of each feature. */
export function largest(setup: { readonly values: Float32Array; readonly size: number }) {
  const { values, size } = setup;
  const reader = setupReader('largest', setup);
  reader.floats('values');
  const count = reader.rows('values', reader.count('size'));
  return (from: number, to: number): Float32Array => {
    checkWithin(to, count);
    const most = new Float32Array(size);
    for (let row = from; row < to; row++) {
      const own = values.subarray(row * size, (row + 1) * size);
      for (let column = 0; column < size; column++) {
        const value = floatAt(own, column);
        if (value > floatAt(most, column)) most[column] = value;
      }
    }
    return most;
  };
}

/** Answers the spikes that features are, sorted. */
export function sortSpikes(setup: Scaled) {
  const { values, scale } = setup;
  const count = checkScaled('sortSpikes', setup);
  return (from: number, to: number): SpikeLists => {
    checkWithin(to, count);
    return spikeLists(values.subarray(from * scale.length, to * scale.length), scale);
  };
}

/** What {@link race} needs. */
interface RaceSetup extends Scaled {
  readonly weights: Float32Array;
  readonly threshold: number;
  readonly answers: Float32Array;
}

/** Writes `[images, 2]`: the neuron that answers each image, as a number, and when it fired. Answers of how many. */
export function race(setup: RaceSetup) {
  const { values, scale, weights, threshold, answers } = setup;
  const count = checkScaled('race', setup);
  const reader = setupReader('race', setup);
  reader.floats('weights');
  reader.is('threshold', positiveScalar);
  reader.floats('answers', 2 * count);
  const inputs = scale.length;
  const neurons = reader.rows('weights', inputs);
  const given = { weights, thresholds: new Float32Array(neurons).fill(threshold) };
  const layer = raceLayer({ inputs, neurons, perClass: 1, threshold }, given, new Float32Array(neurons));
  return (from: number, to: number): number => {
    checkWithin(to, count);
    const found = layer.answer(spikeLists(values.subarray(from * inputs, to * inputs), scale));
    found.neurons.forEach((neuron, index) => {
      answers.set([neuron, floatAt(found.times, index)], 2 * (from + index));
    });
    return to - from;
  };
}
