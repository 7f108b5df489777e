import { fork, type RandomGenerator } from '../../core/random.js';
import { CompetitiveLayer, type CompetitiveWeights } from '../../kernels/competitiveLayer.js';
import { competitiveLaw } from '../competitive/competitiveLaw.js';
import type { CompetitiveSpec } from '../competitive/competitiveSpec.js';

/**
 * Who fires in a competitive layer that doesn't learn any more, `[images, steps]`, −1 for nobody. Spikes of image i are drawn from
 * `fork(spikes, i)`: the answer to an image doesn't depend on the others.
 */
export function answer({
  spec,
  learned,
  pixels,
  size,
  spikes,
}: {
  readonly spec: CompetitiveSpec;
  readonly learned: CompetitiveWeights;
  readonly pixels: Uint8Array;
  readonly size: number;
  readonly spikes: RandomGenerator;
}) {
  const layer = new CompetitiveLayer(competitiveLaw(spec, size), learned);
  return (from: number, to: number): Int32Array => {
    const streams = Array.from({ length: to - from }, (_, index) => fork(spikes, from + index).stream);
    return layer.present(pixels.subarray(from * size, to * size), spikes.seed, streams, false);
  };
}
