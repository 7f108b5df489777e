import type { LatencyPreset } from './preset.js';

const source =
  'Two layers beside each other as in Kheradpisheh et al. 2018, one on edges, one on finer edges, read out on a 4×4 grid.';

/** What both presets look at: edges in kernels of 7×7, and finer ones in kernels of 5×5, whose contrast is taken as it is. */
const branches = {
  encoder: { bins: 64 },
  layers: [{ maps: 128, kernelSize: 7, pad: 3, threshold: 25, images: 12_000 }],
  beside: [
    {
      encoder: { sigmaCentre: 0.5, sigmaSurround: 1, cutoff: 1.5, normalizationRadius: 0 },
      layers: [{ maps: 128, kernelSize: 5, pad: 2, threshold: 10, images: 12_000 }],
    },
  ],
};

/** Fashion-MNIST: edges at two scales, 128 maps each, and a linear classifier that sees the contrast of their potentials. */
export const fashion: LatencyPreset = {
  kind: 'latency',
  summary: 'Fashion-MNIST: edges at two scales, 128 maps 7×7 beside 128 maps 5×5, contrast of potentials on a 4×4 grid',
  source,
  expected: 'Nothing on MNIST: it is for Fashion-MNIST.',
  network: { name: 'fashion', ...branches, readout: { source: 'contrast', grid: 4, iterations: 200 } },
};

/** The same maps read out by neurons that learn by S2-STDP and answer by who fires first, as in `ncg`. */
export const fashionNcg: LatencyPreset = {
  kind: 'latency',
  summary: 'the maps of fashion, read out by 10 spiking neurons a class, the first to fire answers (no classifier)',
  source: `${source} Read out as in Goupy et al. 2024, by neuronal competition groups with S2-STDP.`,
  expected: 'Nothing on MNIST: it is for Fashion-MNIST.',
  network: {
    name: 'fashionNcg',
    ...branches,
    readout: { type: 's2Stdp', grid: 4, perClass: 10, targets: 9, etaPlus: 0.2, etaMinus: 0.4, etaThreshold: 0.02 },
  },
};
