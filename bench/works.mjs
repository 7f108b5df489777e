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

/** Rules whose traces and change run in kernels as the pair rule's do; the others of their kind are made of the same parts. */
const rules = [
  'twoFactorStdp',
  'tripletStdp',
  'symmetricStdp',
  'vogelsStdp',
  'clopathStdp',
  'mstdp',
  'eligibilityStdp',
  'mstdpet',
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
  // Beside the same rule as a composition of tfjs's operations, which is what × compares with here.
  ...rules.map((rule) => ({
    group: 'other rules',
    title: `784 × 400 ${rule}`,
    work: { pre: 784, post: 400, batch: 1, density: 0.05, rule },
    forms: ['composition', 'donated', 'pure', 'scan'],
    settings: [],
  })),
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
