import fc from 'fast-check';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import type { Topology } from '../../src/topologies/topology.js';
import { type Recipe, record, tensor, value } from './recipes.js';

/** Two layers and the synapses between them, small. */
export interface LayerCase {
  readonly topology: Topology;
  readonly shapes: { readonly pre: readonly number[]; readonly post: readonly number[]; readonly w: readonly number[] };
}

const size = fc.integer({ min: 1, max: 4 });
const batch = fc.constantFrom(undefined, 1, 2, 3);
const leading = (of: number | undefined): readonly number[] => (of === undefined ? [] : [of]);

export const denseLayers: fc.Arbitrary<LayerCase> = fc
  .record({ batch, inputs: size, outputs: size })
  .map(({ batch: of, inputs, outputs }) => ({
    topology: dense,
    shapes: { pre: [...leading(of), inputs], post: [...leading(of), outputs], w: [inputs, outputs] },
  }));

export const convLayers: fc.Arbitrary<LayerCase> = fc
  .record({
    batch,
    side: fc.integer({ min: 3, max: 5 }),
    kernel: fc.integer({ min: 1, max: 3 }),
    channels: size,
    maps: size,
    pad: fc.nat(1),
  })
  .map(({ batch: of, side, kernel, channels, maps, pad }) => {
    const out = side + 2 * pad - kernel + 1;
    return {
      topology: conv2d({ pad }),
      shapes: {
        pre: [...leading(of), side, side, channels],
        post: [...leading(of), out, out, maps],
        w: [kernel, kernel, channels, maps],
      },
    };
  });

export const anyLayers: fc.Arbitrary<LayerCase> = fc.oneof(
  { weight: 3, arbitrary: denseLayers },
  { weight: 1, arbitrary: convLayers },
);

/** The input of a step. */
export const inputOf = ({ shapes }: LayerCase, seed: number, more: { readonly [name: string]: Recipe } = {}): Recipe =>
  record({ pre: tensor(shapes.pre, 'spikes', seed), post: tensor(shapes.post, 'spikes', seed + 1), ...more });

export const shapesOf = ({ shapes }: LayerCase): Recipe =>
  record({ pre: value([...shapes.pre]), post: value([...shapes.post]), w: value([...shapes.w]) });

/** Shapes that a function which takes any shape may meet: one, several, a batch, maps, nothing. */
export const shapes: fc.Arbitrary<readonly number[]> = fc.constantFrom<readonly number[]>(
  [],
  [1],
  [3],
  [2, 3],
  [2, 2, 1, 3],
  [0],
  [0, 3],
);
