import type { Drawn } from './population.js';

/**
 * Synapses from one population onto another.
 *
 * @property from      the presynaptic population.
 * @property to        the postsynaptic one, of neurons.
 * @property receptor  of the neurons, that spikes act on. Default: the only one.
 * @property delay     ms from a spike to its arrival, a whole number of steps. A spike arrives after the neurons of that step have
 *                     advanced, and is in their potentials one step later. Default 0: in the step in which it was fired.
 * @property weight    first weights: a number that all share, or drawn; of a normal distribution, what lies beyond the bounds of the rule is
 *                     drawn to them. Units are those of the receptor.
 * @property wiring    which synapses there are, see {@link Wiring}. Default `'dense'`.
 * @property rule      how they learn; without it they don't.
 * @property shortTerm  short-term plasticity (Tsodyks and Markram): what arrives is w·u·x.
 * @property scaling   brings the summed weights of each postsynaptic neuron to `total` every `every` ms, by a factor or by a common amount.
 * @property heterosynaptic  weights w' = w·(1 − fraction) whenever their postsynaptic neuron fires.
 * @property rewiring  every `every` ms, synapses below `below` are removed and as many drawn anew, with weight `weight`.
 */
export interface Projection {
  readonly from: string;
  readonly to: string;
  readonly receptor?: string;
  readonly delay?: number;
  readonly weight: Drawn;
  readonly wiring?: Wiring;
  readonly rule?: ProjectionRule;
  readonly shortTerm?: ShortTerm;
  readonly scaling?: { readonly total: number; readonly every: number; readonly by?: 'factor' | 'amount' };
  readonly heterosynaptic?: { readonly fraction: number };
  readonly rewiring?: { readonly every: number; readonly below: number; readonly weight: number };
}

/**
 * Which pairs of neurons have a synapse: all; each with its own; all but oneself (of one population onto itself); each with a probability
 * (without oneself unless `self`); those of a list of [pre, post]; or a fixed number of each neuron's targets, drawn.
 */
export type Wiring =
  | 'dense'
  | 'oneToOne'
  | { readonly type: 'dense' | 'oneToOne' | 'lateral' }
  | { readonly type: 'sparse'; readonly probability: number; readonly self?: boolean }
  | { readonly type: 'fixedOut'; readonly targets: number; readonly self?: boolean }
  | { readonly type: 'list'; readonly pairs: readonly (readonly [pre: number, post: number])[] };

/**
 * A rule of the library by its name, with its parameters: `dt` is the circuit's, and so is `coincidence` unless it stands there.
 *
 * @property every   of rules with eligibility: ms between two changes of the weights, a whole number of steps; eligibility grows with
 *                   spikes and decays at those times. Default: each step.
 * @property reward  of rules that read one: what they read instead of the reward r of each step (see `input` of {@link run}), D + `baseline`
 *                   with D' = D·exp(−dt/tau) + r; `tau` in ms, 0 remembers nothing. Default: r as it comes.
 */
export interface ProjectionRule {
  readonly rule: string;
  readonly params?: { readonly [name: string]: unknown };
  readonly every?: number;
  readonly reward?: { readonly tau?: number; readonly baseline?: number };
}

/**
 * Short-term plasticity of Tsodyks and Markram, of each presynaptic neuron: at a spike u' = u + U·(1 − u), w·u'·x is sent, x' = x·(1 − u').
 *
 * @property tauRecovery      of x towards 1, ms.
 * @property tauFacilitation  of u towards U, ms; 0: u is always U.
 */
export interface ShortTerm {
  readonly utilization: number;
  readonly tauRecovery: number;
  readonly tauFacilitation: number;
}
