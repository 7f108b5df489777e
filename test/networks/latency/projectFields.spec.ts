import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../../src/core/random.js';
import { projectFields } from '../../../src/networks/latency/projectFields.js';
import { tiny } from './tiny.js';

describe('projectFields', () => {
  const spec = tiny(2);
  it('shows the first layer as it is', () => {
    const first = randomUniform(3 * 3 * 2 * 3, 1);
    expect(projectFields(spec, [first], 0, 2)).toEqual({ values: first, shape: [3, 3, 2, 3] });
  });

  it('places the fields of the second where its taps lie: pooled by 2, they are 2 apart', () => {
    const [first, second] = [randomUniform(3 * 3 * 2 * 3, 1), randomUniform(3 * 3 * 3 * 4, 2)];
    const { values, shape } = projectFields(spec, [first, second], 1, 2);
    expect(shape).toEqual([7, 7, 2, 4]);
    for (let index = 0; index < values.length; index++) {
      const [y, x, channel, map] = [Math.floor(index / 56), Math.floor(index / 8) % 7, Math.floor(index / 4) % 2, index % 4];
      let wanted = 0;
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          const [i, j] = [y - 2 * a, x - 2 * b];
          if (i < 0 || i > 2 || j < 0 || j > 2) continue;
          for (let input = 0; input < 3; input++)
            wanted += (first[((i * 3 + j) * 2 + channel) * 3 + input] ?? 0) * (second[((a * 3 + b) * 3 + input) * 4 + map] ?? 0);
        }
      }
      expect(values[index]).toBeCloseTo(wanted, 4);
    }
  });
});
