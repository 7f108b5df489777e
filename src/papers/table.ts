import type { LatencyPreset } from './preset.js';

/**
 * Rows of a table: each feature as latencies of Gaussian fields, all of them inputs of one layer in which one neuron wins. The threshold suits a few
 * features; of many, about as many as there are teaches more (`layers.0.threshold`).
 */
export const table: LatencyPreset = {
  kind: 'latency',
  summary: 'rows of a table: latencies of 8 Gaussian fields of each feature, 64 neurons',
  source:
    'Fields as in Bohte, Kok and La Poutré 2002; one layer as in Kheradpisheh et al. 2018, without places: the first neuron wins.',
  expected: 'Nothing on MNIST: it is for tables.',
  network: {
    name: 'table',
    encoder: { input: 'features', bins: 15 },
    layers: [
      {
        maps: 64,
        kernelSize: 1,
        pad: 0,
        threshold: 3,
        winners: 1,
        inhibitionRadius: 0,
        etaPlus: 0.2,
        etaPlusMax: 0.2,
        poolSize: 1,
      },
    ],
    readout: { source: 'potentials', grid: 1 },
  },
};
