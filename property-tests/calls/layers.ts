import fc from 'fast-check';
import { conv1d } from '../../src/topologies/conv1d.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { lateral } from '../../src/topologies/lateral.js';
import { local2d } from '../../src/topologies/local2d.js';
import { masked } from '../../src/topologies/masked.js';
import { oneToOne } from '../../src/topologies/oneToOne.js';
import { sparse } from '../../src/topologies/sparse.js';
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

type Kind = 'oneToOne' | 'sparse' | 'lateral' | 'masked' | 'conv1d' | 'local2d';

function layersOfKind(kind: Kind, neurons: number, lead: readonly number[]): LayerCase {
  const own = [...lead, neurons];
  switch (kind) {
    case 'oneToOne':
      return { topology: oneToOne, shapes: { pre: own, post: own, w: [neurons] } };
    case 'sparse': {
      const pairs = Array.from({ length: neurons }, (_, input) => [input, input % 2] as const);
      const topology = sparse(pairs, { inputs: neurons, outputs: 2 });
      return { topology, shapes: { pre: own, post: [...lead, 2], w: [neurons] } };
    }
    case 'lateral':
      return { topology: lateral, shapes: { pre: own, post: own, w: [neurons, neurons] } };
    case 'masked': {
      const mask = Array.from({ length: neurons }, (_, row) => [row % 2, 1]);
      return { topology: masked(dense, mask), shapes: { pre: own, post: [...lead, 2], w: [neurons, 2] } };
    }
    case 'conv1d':
      return { topology: conv1d({ pad: 1 }), shapes: { pre: [...lead, 5, neurons], post: [...lead, 5, 2], w: [3, neurons, 2] } };
    case 'local2d': {
      const shapes = { pre: [...lead, 3, 2, neurons], post: [...lead, 2, 1, 2], w: [2, 4 * neurons, 2] };
      return { topology: local2d({ kernelSize: 2 }), shapes };
    }
  }
}

/** Layers that kernels don't know. */
export const otherLayers: fc.Arbitrary<LayerCase> = fc
  .record({ batch, neurons: size, kind: fc.constantFrom<Kind>('oneToOne', 'sparse', 'lateral', 'masked', 'conv1d', 'local2d') })
  .map(({ batch: of, neurons, kind }) => layersOfKind(kind, neurons, leading(of)));

export const anyLayers: fc.Arbitrary<LayerCase> = fc.oneof(
  { weight: 3, arbitrary: denseLayers },
  { weight: 1, arbitrary: convLayers },
  { weight: 1, arbitrary: otherLayers },
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
