import { learningKinds } from '../../../kernels/circuitRecords.js';
import type { LearningPlan } from '../../learning/learningPlan.js';
import type { ProjectionRule } from '../../projection.js';
import { type CircuitArena, type Held, newRecord } from '../memory.js';
import type { Variables } from '../placeNeurons.js';
import { kept, type Placed, type Synapses } from './learningParts.js';
import { placePairs } from './placePairs.js';
import { placeProgram } from './placeProgram.js';

/** What learning keeps: what belongs to the state, and of that what is of synapses. */
export interface PlacedLearning {
  readonly variables: Variables;
  readonly remembered: readonly Held<Float32Array>[];
}

/** Lays out how a projection learns. @param columns  address of its synapses by postsynaptic neuron. */
export function placeLearning(
  arena: CircuitArena,
  synapses: Synapses,
  plan: LearningPlan,
  { every = synapses.dt, reward = {} }: Pick<ProjectionRule, 'every' | 'reward'>,
  columns: number,
): PlacedLearning {
  const { code, etaPlus, etaMinus, mu, wMin, wMax, low, high } = plan.change;
  const law = newRecord(arena, 'Law', { code, etaPlus, etaMinus, mu, wMin, wMax, low, high }).address;
  const rewarded = plan.rewardScale === undefined ? undefined : placeReward(arena, synapses, reward, plan.rewardScale);
  const parts = partsOf(arena, synapses, plan, Math.round(every / synapses.dt));
  const learning = newRecord(arena, 'Learning', { columns, law, ...parts.fields, ...(rewarded && { reward: rewarded.address }) });
  synapses.record.set({ learning: 1 + learningKinds.indexOf(plan.kind), rule: learning.address });
  return { variables: { ...parts.variables, ...rewarded?.variables }, remembered: parts.remembered };
}

function partsOf(arena: CircuitArena, synapses: Synapses, plan: LearningPlan, every: number) {
  if (plan.kind === 'pairs') return placePairs(arena, synapses, plan, every);
  const { address, variables } = placeProgram(arena, synapses, plan);
  return { fields: { program: address }, variables, remembered: [] };
}

/** Without a time constant rewards are added up until a change takes them. */
function placeReward(
  arena: CircuitArena,
  { arrays, dt }: Synapses,
  { tau, baseline = 0 }: NonNullable<ProjectionRule['reward']>,
  scale: number,
): Placed {
  const level = kept(arena, arrays, 'reward', 1);
  const isFiltered = tau !== undefined && tau > 0;
  const filter = isFiltered ? { isFiltered: 1, decay: Math.exp(-dt / tau) } : {};
  const { address } = newRecord(arena, 'Reward', { level: level.address, ...filter, baseline, scale });
  return { address, variables: { reward: level } };
}
