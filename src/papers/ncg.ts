import type { LatencyPreset } from './preset.js';

/**
 * Goupy, Tirilly and Bilasco 2024, "Neuronal competition groups with supervised STDP for spike-based classification": output neurons that
 * integrate first spikes learn by S2-STDP when to fire; those of a class compete, so that each comes to stand for a part of it.
 *
 * As in the paper: one spike an input and a neuron, the first to fire answers, S2-STDP, targets and a non-target in each class, their
 * training thresholds. Different: the features are ours, summed latencies on a grid of 128 maps that learned by STDP, and the settings
 * were chosen on the last 10 000 training images.
 */
export const ncg: LatencyPreset = {
  kind: 'latency',
  summary: 'one layer, 128 maps 7×7, read out by 10 spiking neurons a class, the first to fire answers (no classifier)',
  source:
    'Goupy et al. 2024, neuronal competition groups with S2-STDP, on one layer of latency-coded neurons as in Kheradpisheh et al. 2018.',
  expected: 'Goupy et al. 2024: 98.59 % on MNIST for STDP features read out by S2-STDP with neuronal competition groups.',
  network: {
    name: 'ncg',
    encoder: { bins: 64 },
    layers: [{ maps: 128, kernelSize: 7, pad: 3, threshold: 25, images: 12_000 }],
    readout: { type: 's2Stdp', grid: 4, perClass: 10, targets: 9 },
  },
};
