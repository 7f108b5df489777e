import { ensure } from '../../core/errors.js';
import type { Circuit } from '../circuit.js';
import { neuronModel, receptorsOf } from '../neurons/neuronKinds.js';
import type { Held } from './memory.js';
import type { PlacedPopulation } from './placePopulation.js';

/** The receptor that a projection acts on, in memory. */
export function receptorOf(circuit: Circuit, name: string, to: PlacedPopulation): Held {
  const population = circuit.populations[to.name];
  const model = population !== undefined && 'neuron' in population ? neuronModel(population) : undefined;
  const names = model === undefined ? [] : Object.keys(receptorsOf(model));
  const receptor = circuit.projections?.[name]?.receptor ?? (names.length === 1 ? names[0] : undefined);
  const held = receptor !== undefined && names.includes(receptor) ? to.variables[receptor] : undefined;
  ensure(
    held !== undefined,
    'run',
    `projections.${name}.receptor`,
    () => `must be one of ${names.join(', ') || 'none'}, got ${receptor}`,
  );
  return held;
}
