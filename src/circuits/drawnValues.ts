import { randomNormal, randomUniform, type Seed } from '../core/random.js';
import type { Drawn } from './population.js';

/** So many values, given or drawn. */
export function drawnValues(drawn: Drawn, length: number, seed: Seed): Float32Array {
  if (typeof drawn === 'number') return new Float32Array(length).fill(drawn);
  if ('uniform' in drawn) return randomUniform(length, seed, ...drawn.uniform);
  return randomNormal(length, seed, drawn.normal.mean, drawn.normal.std);
}
