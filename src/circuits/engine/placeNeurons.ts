import { ensure } from '../../core/errors.js';
import type { Arrays } from '../circuitState.js';
import { type NeuronModel, receptorsOf } from '../neurons/neuronKinds.js';
import type { NeuronPopulation } from '../population.js';
import { kindOf, neuronConstants } from './constants.js';
import { bytesOf, type CircuitArena, type CircuitRecord, type Held, hold, newTable, room } from './memory.js';

/** What a state holds of something, in memory. */
export type Variables = { readonly [name: string]: Held<Arrays[string]> };

/** Neurons in memory. */
export interface PlacedNeurons {
  readonly variables: Variables;
  /** Steps. */
  readonly refractory: number;
  /** Has currents flow into them, of each step or held, which lie at an address; or none. */
  setCurrents(address: number | undefined, isHeld: boolean): void;
}

/** Lays out neurons as a state has them. */
export function placeNeurons(
  arena: CircuitArena,
  record: CircuitRecord<'Population'>,
  population: NeuronPopulation,
  model: NeuronModel,
  arrays: Arrays,
  dt: number,
): PlacedNeurons {
  const { kind, constants, tauRefractory, extra } = neuronConstants(arena, model, dt);
  const variables = Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, hold(arena, values)]));
  const addressOf = (name: string): number => {
    const held = variables[name];
    ensure(held !== undefined, 'run', 'state', () => `has no variable '${name}' of its neurons: init makes them`);
    return held.address;
  };
  const receptors = Object.entries(receptorsOf(model));
  const table = newTable(arena, 'Receptor', receptors.length);
  receptors.forEach(([name, receptor], index) => {
    const isJump = receptor.tau === 0 && kind === kindOf('current');
    const pull = 'reversal' in receptor && receptor.reversal !== undefined ? receptor.reversal : isJump ? 0 : 1;
    const decay = receptor.tau === 0 ? 0 : Math.exp(-dt / receptor.tau);
    table[index]?.set({ values: addressOf(name), decay, pull, jump: isJump ? 1 : 0 });
  });
  const first = table[0]?.address ?? record.address; // without receptors the table is empty
  const refractory = Math.round(tauRefractory / dt);
  record.set({ kind, constants, refractory, v: addressOf('v'), until: addressOf('until') });
  record.set({ receptors: first, receptorsEnd: first + receptors.length * bytesOf('Receptor') });
  if (extra !== undefined) record.set({ extra: addressOf(extra) });
  const drive = room(arena, 4 * population.size);
  const { noise } = population;
  if (noise !== undefined) record.set({ ...noiseOf(noise), drive });
  return {
    variables,
    refractory,
    setCurrents: (currents, isHeld) => {
      const pace = isHeld ? 0 : 4 * population.size;
      if (currents === undefined) record.set({ currents: 0, drive: noise === undefined ? 0 : drive });
      else record.set({ currents, currentsPace: pace, drive });
    },
  };
}

/** How noise is drawn. */
function noiseOf(noise: NonNullable<NeuronPopulation['noise']>) {
  if (typeof noise === 'number') return { noise: 1, noiseLow: noise, noiseSpan: 0 };
  if ('uniform' in noise) return { noise: 1, noiseLow: noise.uniform[0], noiseSpan: noise.uniform[1] - noise.uniform[0] };
  return { noise: 2, noiseLow: noise.normal.mean, noiseSpan: noise.normal.std };
}
