import { at, floatAt, integerAt } from '../../core/at.js';
import { spikeLists } from '../../kernels/host/spikeLists.js';
import type { FirstSpikeReadout } from './firstSpikeReadout.js';

/** When each output neuron fires for one image's features, 1 for never, and its potential then, or in the end. */
export function raceOf(
  { scale, threshold, weights }: Pick<FirstSpikeReadout, 'scale' | 'threshold' | 'weights'>,
  features: Float32Array,
): { readonly times: Float32Array; readonly potentials: Float32Array } {
  const { inputs, times: spikes } = spikeLists(features, scale);
  const neurons = weights.length / scale.length;
  const [times, potentials] = [new Float32Array(neurons).fill(1), new Float32Array(neurons)];
  for (let neuron = 0; neuron < neurons; neuron++) {
    let potential = 0;
    for (let next = 0; next < inputs.length; next++) {
      potential = Math.fround(potential + floatAt(weights, neuron * scale.length + integerAt(inputs, next)));
      if (potential <= threshold || spikes[next + 1] === spikes[next]) continue;
      times[neuron] = floatAt(spikes, next);
      break;
    }
    potentials[neuron] = potential;
  }
  return { times, potentials };
}

/** The class of the first neuron to fire, the higher potential on ties, and how early the first of each class fires: 0 for never, 1 at once. */
export function earliness(
  readout: FirstSpikeReadout,
  features: Float32Array,
): { readonly label: number; readonly values: readonly number[] } {
  const { times, potentials } = raceOf(readout, features);
  const perClass = times.length / readout.classes;
  const sooner = (a: number, b: number) => at(times, a) - at(times, b) || at(potentials, b) - at(potentials, a) || a - b;
  const [first = 0] = Array.from(times.keys()).sort(sooner);
  const values = Array.from(
    { length: readout.classes },
    (_, own) => 1 - Math.min(...times.subarray(own * perClass, (own + 1) * perClass)),
  );
  return { label: Math.floor(first / perClass), values };
}
