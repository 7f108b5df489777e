import { ensure } from '../core/errors.js';
import type { Ends } from './checked/wirings.js';
import type { Population } from './population.js';
import type { CheckedCircuit } from './validateCircuit.js';

/** A population of a circuit, by its name. */
export function populationOf({ populations }: CheckedCircuit, name: string): Population {
  const found = populations[name];
  ensure(found !== undefined, 'circuit', 'populations', () => `have no '${name}'`);
  return found;
}

/** The two populations of a projection. */
export const endsOf = (circuit: CheckedCircuit, { from, to }: { readonly from: string; readonly to: string }): Ends => ({
  from,
  to,
  pre: populationOf(circuit, from).size,
  post: populationOf(circuit, to).size,
});
