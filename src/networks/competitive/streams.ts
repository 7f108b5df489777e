/** The children of an experiment's seed: independent streams of random numbers, see core/random.ts. */
export const streams = { weights: 0, order: 1, learning: 2, labelling: 3, testing: 4 } as const;
