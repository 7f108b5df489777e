import { floatAt } from '../../../core/at.js';
import { ensure } from '../../../core/errors.js';
import { ensureIs, integerFrom, nothingMore } from '../../../core/params/validation.js';
import { aSeed, fork, randomPermutation, type Seed } from '../../../core/random.js';
import { checkedFloats } from '../../checked/arrays.js';

/**
 * The control: the weights of each map in a random order. Their distribution stays, what was learned is gone.
 *
 * @param weights  `[taps, maps]` row-major (any leading axes flattened).
 * @param maps     columns.
 * @throws {StdpError} when weights are no rows of so many finite numbers.
 * @example
 * const shuffled = shuffleWithinMaps(Float32Array.of(1, 10, 2, 20, 3, 30), 2, 1);   // [3, 2]: a column for each map
 * shuffled.filter((_, index) => index % 2 === 0).sort();   // => [1, 2, 3]
 */
export function shuffleWithinMaps(weights: Float32Array, maps: number, seed: Seed, ...more: readonly never[]): Float32Array {
  const where = 'shuffleWithinMaps';
  nothingMore(more, where, 'shuffleWithinMaps(weights, maps, seed)');
  const given = checkedFloats(weights, where, 'weights');
  ensureIs(integerFrom(1), maps, where, 'maps');
  ensureIs(aSeed, seed, where, 'seed');
  const taps = given.length / maps;
  ensure(Number.isInteger(taps), where, 'weights', () => `has ${given.length} entries, which are no rows of ${maps} maps`);
  const shuffled = new Float32Array(given.length);
  if (taps === 0) return shuffled;
  for (let map = 0; map < maps; map++) {
    randomPermutation(taps, fork(seed, map)).forEach((source, tap) => {
      shuffled[tap * maps + map] = floatAt(given, source * maps + map);
    });
  }
  return shuffled;
}
