import { ensure } from '../../../core/errors.js';
import { ruleOf } from '../../checked/rules.js';
import { planOf } from '../../learning/planOf.js';
import type { Projection } from '../../projection.js';
import type { CircuitArena, Held } from '../memory.js';
import type { Variables } from '../placeNeurons.js';
import { placeColumns } from './columns.js';
import type { Synapses } from './learningParts.js';
import { placeLearning } from './placeLearning.js';
import { placeHeterosynaptic, placeScaling, placeShortTerm } from './placeUpkeep.js';

/** Whether something changes the weights of a projection. */
export const isPlastic = ({ rule, scaling, heterosynaptic, rewiring }: Projection): boolean =>
  [rule, scaling, heterosynaptic, rewiring].some((part) => part !== undefined);

/** Lays out what changes weights of a projection, and what spikes bring; answers what of it belongs to the state. */
export function placeParts(
  arena: CircuitArena,
  name: string,
  projection: Projection,
  given: Omit<Synapses, 'weights'> & { readonly weights: Held<Float32Array> | undefined },
): Variables {
  const { rule, scaling, heterosynaptic, shortTerm } = projection;
  const released = shortTerm === undefined ? {} : placeShortTerm(arena, given, shortTerm);
  const { weights } = given;
  if (weights === undefined) return released;
  const synapses = { ...given, weights };
  const columns = rule === undefined && heterosynaptic === undefined ? 0 : placeColumns(arena, given.wiring, given.post);
  if (scaling !== undefined) placeScaling(arena, synapses, scaling);
  if (heterosynaptic !== undefined) placeHeterosynaptic(arena, synapses, heterosynaptic, columns);
  if (rule === undefined) return { ...released, w: weights };
  const plan = planOf(ruleOf(rule));
  ensure(
    plan !== undefined,
    'run',
    `circuit.projections.${name}.rule`,
    () => `'${rule.rule}' as it is set has no kernel: runComposed runs it`,
  );
  return { ...released, ...placeLearning(arena, synapses, plan, rule, columns), w: weights };
}
