import type { LatencyPreset } from './preset.js';

/**
 * N-MNIST, the digits as an event camera saw them: when each pixel answers is the input as it is, without contrast or rank order.
 * Chosen on two folds of the 1000 training samples.
 */
export const nmnist: LatencyPreset = {
  kind: 'latency',
  summary: 'events of N-MNIST: latencies of each polarity in each saccade, 32 maps 7×7, a 5×5 grid',
  source:
    'One layer as in Kheradpisheh et al. 2018 on the events of Orchard et al. 2015: the time of the second event of each pixel and polarity in each saccade.',
  expected: 'Thiele et al. 2018, STDP on N-MNIST: 95.77 %; Iyer and Basu 2017: 80.63 %; both on all 60 000 samples.',
  network: {
    name: 'nmnist',
    encoder: { input: 'latencies', bins: 15 },
    layers: [{ maps: 32, kernelSize: 7, pad: 3, threshold: 25, images: 1000, doubleEvery: 100 }],
    readout: { source: 'contrast', grid: 5 },
  },
};
