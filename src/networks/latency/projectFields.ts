import { at, floatAt } from '../../core/at.js';
import type { NetworkSpec } from './spec/networkSpec.js';

/**
 * Receptive fields in the input, for pictures: a deeper layer's map is the sum of the fields below, weighted and placed
 * where its taps lie (a pool of size p moves them p apart).
 *
 * @param weights   of the layers 0 … `layer`, `[k, k, in, maps]` row-major.
 * @param channels  of the network's input.
 * @returns `[size, size, channels, maps]` row-major, with its shape.
 */
export function projectFields(
  { layers }: NetworkSpec,
  weights: readonly Float32Array[],
  layer: number,
  channels: number,
): { readonly values: Float32Array; readonly shape: readonly [number, number, number, number] } {
  const { kernelSize, maps } = at(layers, layer);
  const own = at(weights, layer);
  if (layer === 0) return { values: own, shape: [kernelSize, kernelSize, channels, maps] };
  const below = projectFields({ layers } as NetworkSpec, weights, layer - 1, channels);
  const [fieldSize, , , inputs] = below.shape;
  const spacing = layers.slice(0, layer).reduce((product, { poolSize }) => product * poolSize, 1);
  const size = (kernelSize - 1) * spacing + fieldSize;
  const values = new Float32Array(size * size * channels * maps);
  for (let tap = 0; tap < kernelSize * kernelSize; tap++) {
    const [top, left] = [Math.floor(tap / kernelSize) * spacing, (tap % kernelSize) * spacing];
    for (let input = 0; input < inputs; input++) {
      for (let pixel = 0; pixel < fieldSize * fieldSize * channels; pixel++) {
        const field = floatAt(below.values, pixel * inputs + input);
        const channel = pixel % channels;
        const row = top + Math.floor(pixel / channels / fieldSize);
        const column = left + (Math.floor(pixel / channels) % fieldSize);
        const target = ((row * size + column) * channels + channel) * maps;
        for (let map = 0; map < maps; map++)
          values[target + map] = floatAt(values, target + map) + field * floatAt(own, (tap * inputs + input) * maps + map);
      }
    }
  }
  return { values, shape: [size, size, channels, maps] };
}
