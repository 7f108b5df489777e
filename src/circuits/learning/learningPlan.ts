import type { ChangeConstants, TraceConstants } from '../../kernels/constants.js';
import type { Program } from '../../kernels/tensors/program/program.js';
import type { WrittenRule } from '../../rules/fastPath.js';

/** How a projection learns, in numbers for the kernels. */
export type LearningPlan = PairPlan | ProgramPlan;

/** Pairs of spikes. Of a synapse from i to j with traces x and y, `Δ = atPost·x_i·z_j + z_i·(atPre·y_j + alone)`. */
export interface PairPlan {
  readonly kind: 'pairs';
  readonly pre: TraceConstants;
  readonly post: TraceConstants;
  /** Whether a trace is read with the present spikes in it. */
  readonly present: { readonly pre: boolean; readonly post: boolean };
  /** Nearest spikes that pair once. */
  readonly isRestricted: boolean;
  /** What each synapse has that pairs change: its weight, or its eligibility. */
  readonly changes: readonly PairChange[];
  /** How that meets weights. */
  readonly change: ChangeConstants;
  readonly eligibility?: EligibilityPlan;
  readonly rewardScale?: number;
}

/** Signed rates of what one number of each synapse changes by. */
export interface PairChange extends PairRates {
  readonly name: string;
}

/** Signed rates: of the presynaptic trace at a postsynaptic spike, the other way round, and of a presynaptic spike by itself. */
export interface PairRates {
  readonly atPost: number;
  readonly atPre: number;
  readonly alone: number;
}

/** What synapses remember until a reward comes. Of one trace the sign of a change says on which side it is, of two that of rate·reward. */
export interface EligibilityPlan {
  /** Decay in one step. */
  readonly decay: number;
  readonly reads: Program['reads'];
  /** Rate of each of `changes`: it changes the weight by rate·reward·E. */
  readonly rates: readonly number[];
}

/** Any sum of products of which each has a factor that is 0 but at spikes, or but for few neurons. */
export interface ProgramPlan {
  readonly kind: 'program';
  readonly program: Program;
  /** `isOfPost`: it isn't 0 without a presynaptic spike, so that the postsynaptic neuron decides. */
  readonly terms: readonly { readonly rate: number; readonly pre: number; readonly post: number; readonly isOfPost: boolean }[];
  /** Whether there are such neurons that don't fire. */
  readonly scans: boolean;
  readonly potentials?: NonNullable<WrittenRule['potentials']>;
  readonly change: ChangeConstants;
  readonly rewardScale?: number;
}
