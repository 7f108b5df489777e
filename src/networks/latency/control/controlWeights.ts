import { at } from '../../../core/at.js';
import { unreachable } from '../../../core/errors.js';
import { fork, type Seed } from '../../../core/random.js';
import { layersOf } from '../spec/branches.js';
import type { NetworkSpec } from '../spec/networkSpec.js';
import { shuffleWithinMaps } from '../training/shuffleWithinMaps.js';
import type { ControlKind } from './control.js';

/** The weights of a control of trained ones. */
export const controlWeights = (
  network: NetworkSpec,
  weights: readonly Float32Array[],
  kind: ControlKind,
  seed: Seed,
): readonly Float32Array[] => {
  const layers = layersOf(network);
  return weights.map((values, layer) => {
    switch (kind) {
      case 'shuffled':
        return shuffleWithinMaps(values, at(layers, layer).maps, fork(seed, layer));
      case 'random':
        return shuffleWithinMaps(values, 1, fork(seed, layer)); // as if all its maps were one
      default:
        return unreachable(kind);
    }
  });
};
