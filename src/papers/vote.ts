import type { LatencyPreset } from './preset.js';

/**
 * Neurons that vote, as in Diehl and Cook 2015 and Querlioz et al. 2013, on features that learned by STDP: the neuron most like an image becomes
 * more like it, without labels, and is handicapped for it; labels only tell afterwards what neurons answer. No classifier.
 *
 * Different: neurons see summed latencies on a grid of 128 maps and not pixels, all at once and not in time. That is close to online spherical
 * k-means; STDP made what it works on. Settings were chosen on the last 10 000 training images.
 */
export const vote: LatencyPreset = {
  kind: 'latency',
  summary:
    'one layer, 128 maps 7×7, and 400 neurons that learn without labels and vote (no classifier); --set readout.neurons=1600',
  source:
    'The vote of Diehl and Cook 2015, by neurons that learn as in online spherical k-means, on one layer of latency-coded neurons as in Kheradpisheh et al. 2018.',
  expected: 'Diehl and Cook 2015, votes on pixels: 87.0 % (400 neurons), 91.9 % (1600), 95.0 % (6400) on MNIST.',
  network: {
    name: 'vote',
    encoder: { bins: 64 },
    layers: [{ maps: 128, kernelSize: 7, pad: 3, threshold: 25, images: 12_000 }],
    readout: { type: 'vote', grid: 4, neurons: 400 },
  },
};
