import { describe, expect, it } from 'vitest';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import type { TopologyJSON } from '../../src/topologies/topology.js';
import { topologyFromJSON } from '../../src/topologies/topologyFromJSON.js';

describe('topologyFromJSON', () => {
  it.each([
    dense,
    conv2d(),
    conv2d({
      strides: [2, 1],
      pad: [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ],
      dilations: 2,
    }),
  ])('brings a topology back from its text: %j', (topology) => {
    const text = JSON.stringify(topology);
    const back = topologyFromJSON(JSON.parse(text) as TopologyJSON);
    expect(JSON.stringify(back)).toBe(text);
    const [pre, w] =
      topology.rank === 2
        ? [
            [1, 4],
            [4, 3],
          ]
        : [
            [1, 9, 8, 2],
            [3, 3, 2, 4],
          ];
    expect(back.outputShape('f', pre, w)).toEqual(topology.outputShape('f', pre, w));
  });

  it('refuses unknown types and options', () => {
    expect(() => topologyFromJSON({ type: 'nowhere' } as unknown as TopologyJSON)).toThrow(
      /^topologyFromJSON: type must be one of 'dense', 'conv2d', .*got "nowhere"$/,
    );
    expect(() => topologyFromJSON({ type: 'conv2d', stride: 2 } as TopologyJSON)).toThrow(
      'topologyFromJSON: stride is not a parameter',
    );
    expect(() => topologyFromJSON({ type: 'dense', pad: 1 } as unknown as TopologyJSON)).toThrow(
      'topologyFromJSON: pad is not an option of dense, which has none',
    );
  });
});
