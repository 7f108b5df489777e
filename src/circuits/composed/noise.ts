import { at } from '../../core/at.js';
import { philox4x32, type Seed } from '../../core/random.js';
import type { Drawn } from '../population.js';
import { streamOf } from '../streams.js';

/**
 * What noise brings to each neuron of a population in step t. Numbers depend on the seed, the step and the neuron alone: of 16 neurons,
 * number 4·k + l reads word k of the block that counts 4·⌊n/16⌋ + l.
 */
export function noiseOf(noise: Drawn, size: number, seed: Seed, index: number, t: number): Float32Array {
  if (typeof noise === 'number') return new Float32Array(size).fill(noise);
  const generator = streamOf(seed, 'runs', index);
  const wordOf = (neuron: number): number => {
    const block = new Uint32Array([
      4 * Math.floor(neuron / 16) + (neuron % 4),
      t,
      generator.stream >>> 0,
      Math.floor(generator.stream / 2 ** 32),
    ]);
    philox4x32(block, generator.seed >>> 0, Math.floor(generator.seed / 2 ** 32));
    return at(block, Math.floor((neuron % 16) / 4));
  };
  return Float32Array.from({ length: size }, (_, neuron) => {
    if ('uniform' in noise) {
      const [low, high] = noise.uniform;
      return low + (high - low) * ((wordOf(neuron) >>> 8) * 2 ** -24);
    }
    const pair = neuron % 8 < 4 ? [neuron, neuron + 4] : [neuron - 4, neuron];
    const radius = Math.sqrt(-2 * Math.log(((wordOf(at(pair, 0)) >>> 8) + 1) * 2 ** -24));
    const angle = 2 * Math.PI * ((wordOf(at(pair, 1)) >>> 8) * 2 ** -24);
    const { mean, std } = noise.normal;
    return mean + std * radius * (neuron % 8 < 4 ? Math.cos(angle) : Math.sin(angle));
  });
}
