import type { LatencyPreset } from './preset.js';

const source =
  'One layer of latency-coded integrate-and-fire neurons as in Kheradpisheh et al. 2018, read out on a 4×4 grid with local normalisation of the input.';
const expected = 'Falez et al. 2019, STDP features and a linear support vector machine: 98.60 % on MNIST.';

/** The default: 32 maps of 7×7, contrast of the final potentials on a 4×4 grid. Small, quick, above most published numbers. */
export const quick: LatencyPreset = {
  kind: 'latency',
  summary: 'one layer, 32 maps 7×7, contrast of potentials on a 4×4 grid (default with --data)',
  source,
  expected,
  network: {
    name: 'quick',
    layers: [{ maps: 32, kernelSize: 7, pad: 3, threshold: 25, images: 6000 }],
    readout: { source: 'contrast', grid: 4 },
  },
};

/** `quick` with rates that double twice as often: a demonstration on the embedded digits. */
export const digits: LatencyPreset = {
  kind: 'latency',
  summary: 'quick, learning twice as fast (default for the embedded digits)',
  source,
  expected: 'None: the embedded digits are our own.',
  network: {
    name: 'digits',
    layers: [{ maps: 32, kernelSize: 7, pad: 3, threshold: 25, images: 3000, doubleEvery: 250 }],
    readout: { source: 'contrast', grid: 4, iterations: 40 },
  },
};

/** 128 maps of 7×7, spikes alone: the read-out sees when neurons fire, never a potential. */
export const spikes: LatencyPreset = {
  kind: 'latency',
  summary: 'one layer, 128 maps 7×7, spike latencies on a 4×4 grid (no potentials)',
  source,
  expected,
  network: {
    name: 'spikes',
    layers: [{ maps: 128, kernelSize: 7, pad: 3, threshold: 25, images: 12_000 }],
    readout: { source: 'spikes', grid: 4 },
  },
};

/** 256 maps of 7×7, contrast of the final potentials: the most accurate, and the slowest of one layer. */
export const wide: LatencyPreset = {
  kind: 'latency',
  summary: 'one layer, 256 maps 7×7, contrast of potentials on a 4×4 grid',
  source,
  expected,
  network: {
    name: 'wide',
    layers: [{ maps: 256, kernelSize: 7, pad: 3, threshold: 20, images: 50_000 }],
    readout: { source: 'contrast', grid: 4 },
  },
};
