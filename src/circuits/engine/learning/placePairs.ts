import { at } from '../../../core/at.js';
import type { TraceConstants } from '../../../kernels/constants.js';
import type { PairPlan } from '../../learning/learningPlan.js';
import { type CircuitArena, type CircuitRecord, type Held, newRecord, newTable, room } from '../memory.js';
import type { Variables } from '../placeNeurons.js';
import { kept, keptSteps, type Placed, type Synapses } from './learningParts.js';
import { placePowers } from './powers.js';

/** Pairs of spikes in memory: fields of the record of learning, what belongs to the state, and of that what is of synapses. */
interface PlacedPairs {
  readonly fields: Parameters<CircuitRecord<'Learning'>['set']>[0];
  readonly variables: Variables;
  readonly remembered: readonly Held<Float32Array>[];
}

/** Lays out what pairs of spikes need. @param every  steps between changes by eligibility. */
export function placePairs(arena: CircuitArena, synapses: Synapses, plan: PairPlan, every: number): PlacedPairs {
  const { pre, post, arrays, wiring, weights, isFromSource } = synapses;
  const { isRestricted, present, eligibility } = plan;
  const before = { arrays, isRestricted };
  const x = placeTrace(arena, { ...before, side: 'Pre', neurons: pre, isLazy: isFromSource }, plan.pre);
  const y = placeTrace(arena, { ...before, side: 'Post', neurons: post, isLazy: false }, plan.post);
  const changes = eligibility === undefined ? [] : plan.changes;
  const remembered = changes.map(({ name }) => [name, kept(arena, arrays, name, wiring.target.length)] as const);
  const values = eligibility === undefined ? [weights] : remembered.map(([, held]) => held);
  const table = newTable(arena, 'PairChange', plan.changes.length);
  plan.changes.forEach(({ atPost, atPre, alone }, index) => {
    const [low, high] = eligibility === undefined ? [plan.change.low, plan.change.high] : [-Infinity, Infinity];
    at(table, index).set({ values: at(values, index).address, atPost, atPre, alone, low, high });
  });
  const fields = {
    ...{ pre: x.address, post: y.address, preSeen: room(arena, pre), postSeen: room(arena, post) },
    ...{ presentPre: Number(present.pre), presentPost: Number(present.post), isRestricted: Number(isRestricted) },
    ...{ changes: at(table, 0).address, changeCount: plan.changes.length },
    ...(eligibility && { eligibility: placeEligibility(arena, eligibility, every, wiring.target.length) }),
  };
  const variables: Variables = {
    ...x.variables,
    ...y.variables,
    ...(eligibility && Object.fromEntries(remembered)),
  };
  return { fields, variables, remembered: eligibility === undefined ? [] : values };
}

interface Side {
  readonly side: 'Pre' | 'Post';
  readonly arrays: Synapses['arrays'];
  readonly neurons: number;
  readonly isLazy: boolean;
  readonly isRestricted: boolean;
}

function placeTrace(
  arena: CircuitArena,
  { side, arrays, neurons, isLazy, isRestricted }: Side,
  { decay, height, nearest }: TraceConstants,
): Placed {
  const values = kept(arena, arrays, `t${side}`, neurons);
  const last = isLazy || isRestricted ? keptSteps(arena, arrays, `last${side}`, neurons) : undefined;
  const { address } = newRecord(arena, 'Trace', {
    ...{ values: values.address, count: neurons, decay, height, isNearest: Number(nearest) },
    ...(last && { last: last.address }),
    ...(isLazy && { isLazy: 1, powers: placePowers(arena, decay) }),
  });
  return { address, variables: { [`t${side}`]: values, ...(last && { [`last${side}`]: last }) } };
}

function placeEligibility(
  arena: CircuitArena,
  { decay, reads, rates }: NonNullable<PairPlan['eligibility']>,
  every: number,
  count: number,
): number {
  const [firstRate, secondRate = 0] = rates;
  const { address } = newRecord(arena, 'Eligibility', {
    ...{ every, count, decay: decay ** every, secondRate },
    ...(firstRate !== undefined && { firstRate }),
    readsPrevious: Number(reads === 'previous'),
  });
  return address;
}
