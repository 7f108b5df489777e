import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../../src/core/random.js';
import { shuffleWithinMaps } from '../../../src/networks/latency/training/shuffleWithinMaps.js';

describe('shuffleWithinMaps', () => {
  const weights = randomUniform(60, 3);
  const column = (values: Float32Array, map: number) => values.filter((_, index) => index % 4 === map).sort();
  it('keeps the weights of each map, in another order', () => {
    const shuffled = shuffleWithinMaps(weights, 4, 1);
    for (let map = 0; map < 4; map++) expect(column(shuffled, map)).toEqual(column(weights, map));
    expect(shuffled).not.toEqual(weights);
  });
  it('follows the seed', () => {
    expect(shuffleWithinMaps(weights, 4, 1)).toEqual(shuffleWithinMaps(weights, 4, 1));
    expect(shuffleWithinMaps(weights, 4, 2)).not.toEqual(shuffleWithinMaps(weights, 4, 1));
  });
});
