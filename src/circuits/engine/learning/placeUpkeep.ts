import { at } from '../../../core/at.js';
import type { ProjectionWiring } from '../../circuitState.js';
import type { Projection, ShortTerm } from '../../projection.js';
import { type CircuitArena, hold, newRecord, room } from '../memory.js';
import type { Variables } from '../placeNeurons.js';
import { kept, keptSteps, type Synapses } from './learningParts.js';
import { placePowers } from './powers.js';

/** Lays out the short-term plasticity of a projection; answers what of it belongs to the state. */
export function placeShortTerm(
  arena: CircuitArena,
  { record, arrays, pre, dt }: Omit<Synapses, 'weights'>,
  { utilization, tauRecovery, tauFacilitation }: ShortTerm,
): Variables {
  const [u, x] = [kept(arena, arrays, 'u', pre), kept(arena, arrays, 'x', pre, 1)];
  const last = keptSteps(arena, arrays, 'lastRelease', pre);
  const powers = (tau: number): number => placePowers(arena, Math.exp(-dt / tau));
  const short = newRecord(arena, 'ShortTerm', {
    ...{ u: u.address, x: x.address, last: last.address, utilization, recovery: powers(tauRecovery) },
    ...(tauFacilitation > 0 && { facilitation: powers(tauFacilitation) }),
  });
  record.set({ shortTerm: short.address });
  return { u, x, lastRelease: last };
}

/** Lays out the synaptic scaling of a projection; answers what tells it of another wiring. */
export function placeScaling(
  arena: CircuitArena,
  { record, wiring, post, dt }: Synapses,
  { total, every, by = 'factor' }: NonNullable<Projection['scaling']>,
): (wiring: ProjectionWiring) => void {
  const counts = hold(arena, countsOf(wiring, post));
  const scaling = newRecord(arena, 'Scaling', {
    ...{ every: Math.round(every / dt), total, sums: room(arena, 8 * post), shares: room(arena, 4 * post) },
    ...(by === 'amount' && { counts: counts.address }),
  });
  record.set({ scaling: scaling.address });
  return (wiring) => counts.view().set(countsOf(wiring, post));
}

/** How many synapses each of so many postsynaptic neurons has. */
function countsOf({ target }: ProjectionWiring, post: number): Int32Array {
  const counts = new Int32Array(post);
  for (const neuron of target) counts[neuron] = at(counts, neuron) + 1;
  return counts;
}

/** Lays out what the weights of a neuron lose at its spikes. */
export function placeHeterosynaptic(
  arena: CircuitArena,
  { record }: Synapses,
  { fraction }: NonNullable<Projection['heterosynaptic']>,
  columns: number,
): void {
  record.set({ heterosynaptic: newRecord(arena, 'Heterosynaptic', { columns, kept: 1 - fraction }).address });
}
