import { ensure } from '../../../core/errors.js';
import { ruleOf } from '../../checked/rules.js';
import type { LearningPlan } from '../../learning/learningPlan.js';
import { planOf } from '../../learning/planOf.js';
import type { Projection, ProjectionRule } from '../../projection.js';
import type { CircuitArena, Held } from '../memory.js';
import type { Variables } from '../placeNeurons.js';
import { placeColumns } from './columns.js';
import type { Synapses } from './learningParts.js';
import { placeLearning } from './placeLearning.js';
import { placeRewiring, type Rewiring } from './placeRewiring.js';
import { placeHeterosynaptic, placeScaling, placeShortTerm } from './placeUpkeep.js';

/** Whether something changes the weights of a projection. */
export const isPlastic = ({ rule, scaling, heterosynaptic, rewiring }: Projection): boolean =>
  [rule, scaling, heterosynaptic, rewiring].some((part) => part !== undefined);

/** What changes a projection besides spikes that arrive. */
export interface PlacedParts {
  /** What of it belongs to the state. */
  readonly variables: Variables;
  readonly rewiring?: Rewiring;
}

/** Lays out what changes weights of a projection, and what spikes bring. */
export function placeParts(
  arena: CircuitArena,
  name: string,
  projection: Projection,
  given: Omit<Synapses, 'weights'> & { readonly weights: Held<Float32Array> | undefined },
): PlacedParts {
  const { rule, scaling, heterosynaptic, shortTerm, rewiring } = projection;
  const released = shortTerm === undefined ? {} : placeShortTerm(arena, given, shortTerm);
  const { weights } = given;
  if (weights === undefined) return { variables: released };
  const synapses = { ...given, weights };
  const needsColumns = rule !== undefined || heterosynaptic !== undefined;
  const columns = needsColumns ? placeColumns(arena, given.wiring, given.post) : undefined;
  const setCounts = scaling && placeScaling(arena, synapses, scaling);
  if (heterosynaptic !== undefined && columns !== undefined)
    placeHeterosynaptic(arena, synapses, heterosynaptic, columns.address);
  const learned =
    rule === undefined || columns === undefined
      ? { variables: {}, remembered: [] }
      : placeLearning(arena, synapses, planAt(name, rule), rule, columns.address);
  const variables = { ...released, ...learned.variables, w: weights };
  if (rewiring === undefined) return { variables };
  const set = [given.setWiring, columns?.set, setCounts].filter((tell) => tell !== undefined);
  return { variables, rewiring: placeRewiring(synapses, projection, rewiring, { remembered: learned.remembered, set }) };
}

function planAt(name: string, rule: ProjectionRule): LearningPlan {
  const plan = planOf(ruleOf(rule));
  const problem = () => `'${rule.rule}' as it is set has no kernel: runComposed runs it`;
  ensure(plan !== undefined, 'run', `circuit.projections.${name}.rule`, problem);
  return plan;
}
