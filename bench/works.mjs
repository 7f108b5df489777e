// What is measured: sizes, densities, and the ways of doing each work here.

export const sizes = [
  [784, 400],
  [1024, 1024],
  [4096, 4096],
];
export const densities = [0.01, 0.05, 0.2];
const convolutions = [
  { pre: 2, post: 30, size: 28, kernel: 5 },
  { pre: 32, post: 64, size: 32, kernel: 3 },
];
const dependences = [
  { dependence: 'additiveStep' },
  { dependence: 'multiplicativeRelu' },
  { dependence: 'multiplicativePow', mu: 0.4 },
  { dependence: 'multiplicativePow', mu: 0.5 },
];

/** All settings of the peer; the first is what ratios are against. */
const everySetting = ['torch, tuned allocator', 'torch', 'torch, tuned allocator, 2 threads', 'torch, 2 threads'];
const oneSetting = everySetting.slice(0, 1);

export const works = [
  ...sizes.flatMap(([pre, post]) =>
    densities.map((density) => ({
      group: 'one sample',
      title: `${pre} × ${post}`,
      work: { pre, post, batch: 1, density },
      forms: ['donated', 'pure', 'scan', 'closed loop'],
      settings: everySetting,
    })),
  ),
  ...sizes.flatMap(([pre, post]) =>
    densities.map((density) => ({
      group: 'batch of 32',
      title: `${pre} × ${post}`,
      work: { pre, post, batch: 32, density },
      forms: ['donated', 'pure'],
      settings: oneSetting,
    })),
  ),
  ...dependences.flatMap((law) =>
    sizes.map(([pre, post]) => ({
      group: 'weight dependence',
      title: `${pre} × ${post} ${law.dependence}${law.mu === undefined ? '' : ` μ ${law.mu}`}`,
      work: { pre, post, batch: 1, density: 0.05, ...law },
      forms: ['donated', 'scan'],
      settings: oneSetting,
    })),
  ),
  // Two of a hundred synapses exist here; the peer computes them all, as its layers do.
  ...densities.map((density) => ({
    group: 'sparse layer',
    title: '4096 × 4096, 2 % of the synapses',
    work: { pre: 4096, post: 4096, batch: 1, density, connected: 0.02 },
    forms: ['donated', 'pure', 'scan'],
    settings: oneSetting,
  })),
  ...convolutions.flatMap((layer) =>
    [1, 16].flatMap((batch) =>
      densities.map((density) => ({
        group: 'convolution',
        title: `${layer.size}² × ${layer.pre} → ${layer.post}, ${layer.kernel} × ${layer.kernel}, batch ${batch}`,
        work: { ...layer, batch, density },
        forms: ['donated', 'pure'],
        settings: oneSetting,
      })),
    ),
  ),
];
