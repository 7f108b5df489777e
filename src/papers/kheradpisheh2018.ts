import type { LatencyPreset } from './preset.js';

/**
 * Kheradpisheh, Ganjtabesh, Thorpe and Masquelier 2018, "STDP-based spiking deep convolutional neural networks for
 * object recognition", for MNIST: two convolutional layers trained one after the other by STDP alone.
 *
 * As in the paper: latency code, non-leaky neurons that fire once, soft bounds, 5 and 8 winners, inhibition radius.
 * Different: local normalisation of the input, 400 maps in place of 100, a 2×2 grid of maxima in place of one global
 * maximum, rates that double up to 0.15.
 */
export const kheradpisheh2018: LatencyPreset = {
  kind: 'latency',
  summary: 'two layers, 32 maps 5×5 then 400 maps 5×5, potentials on a 2×2 grid',
  source: 'Kheradpisheh et al. 2018, Neural Networks 99; 400 maps and a 2×2 grid in place of 100 maps and a global maximum.',
  expected: 'Kheradpisheh et al. 2018: 98.4 % on MNIST.',
  network: {
    name: 'kheradpisheh2018',
    layers: [
      { maps: 32, kernelSize: 5, pad: 2, threshold: 10, winners: 5, inhibitionRadius: 2, images: 20_000, poolSize: 2 },
      { maps: 400, kernelSize: 5, pad: 2, threshold: 10, winners: 8, inhibitionRadius: 1, images: 60_000, poolSize: 1 },
    ],
    readout: { source: 'potentials', grid: 2 },
  },
};
