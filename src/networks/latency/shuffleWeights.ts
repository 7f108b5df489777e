import { fork, randomPermutation, type Seed } from '../../core/random.js';

/**
 * The control: the weights of each map in a random order. Their distribution stays, what was learned is gone.
 *
 * @param weights  `[taps, maps]` row-major (any leading axes flattened).
 * @param maps     columns.
 * @example
 * const shuffled = shuffleWithinMaps(Float32Array.of(1, 10, 2, 20, 3, 30), 2, 1);   // [3, 2]: a column for each map
 * shuffled.filter((_, index) => index % 2 === 0).sort();   // => [1, 2, 3]
 */
export function shuffleWithinMaps(weights: Float32Array, maps: number, seed: Seed): Float32Array {
  const taps = weights.length / maps;
  const shuffled = new Float32Array(weights.length);
  for (let map = 0; map < maps; map++) {
    randomPermutation(taps, fork(seed, map)).forEach((source, tap) => {
      shuffled[tap * maps + map] = weights[source * maps + map] ?? 0;
    });
  }
  return shuffled;
}
