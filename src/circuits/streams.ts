import { fork, type RandomGenerator, type Seed } from '../core/random.js';

/** What is drawn from a seed, each from a child of its own. */
const children = { wiring: 0, firstValues: 1, weights: 2, runs: 3, samples: 4, rewiring: 5 } as const;

/** The random numbers of something for the population or projection of an index: those that come after it draw others. */
export const streamOf = (seed: Seed, drawn: keyof typeof children, index: number): RandomGenerator =>
  fork(fork(seed, children[drawn]), index);
