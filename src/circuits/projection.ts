import type { Drawn } from './population.js';

/** Synapses from one population onto another. */
export interface Projection {
  /** The presynaptic population. */
  readonly from: string;
  /** The postsynaptic one, of neurons. */
  readonly to: string;
  /** Receptor of the neurons that spikes act on. Default: the only one. */
  readonly receptor?: string;
  /**
   * Ms from a spike to its arrival, a whole number of steps. A spike arrives after the neurons of that step have advanced, and is in
   * their potentials one step later. Default 0: in the step in which it was fired.
   */
  readonly delay?: number;
  /**
   * First weights: a number that all share, or drawn; of a normal distribution, what lies beyond the bounds of the rule is drawn to
   * them. Units are those of the receptor.
   */
  readonly weight: Drawn;
  /** Which synapses there are, see {@link Wiring}. Default `'dense'`. */
  readonly wiring?: Wiring;
  /** How they learn; without it they don't. In a step spikes bring the weights as they were before its change. */
  readonly rule?: ProjectionRule;
  /** Short-term plasticity, see {@link ShortTerm}: spikes bring less, or more, after others. */
  readonly shortTerm?: ShortTerm;
  /**
   * After every `every` ms the weights onto each postsynaptic neuron are brought to the sum `total`: by a factor, w' = w·total/Σw
   * (nothing where Σw is 0), or by an amount, w' = w + (total − Σw)/n for its n synapses. Bounds of a rule don't act here, but at its
   * next change.
   */
  readonly scaling?: { readonly total: number; readonly every: number; readonly by?: 'factor' | 'amount' };
  /** At each spike of a postsynaptic neuron, after what the rule changes, all weights onto it: w' = w·(1 − fraction). */
  readonly heterosynaptic?: { readonly fraction: number };
  /**
   * After every `every` ms synapses with |w| < `below` are removed, and as many are drawn among all pairs without one, each equally
   * likely, with weight `weight`: of a wiring that leaves some. The wiring of the state changes; a new synapse remembers nothing, its
   * neurons' traces stay.
   */
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

/** A rule of the library by its name, with its parameters: `dt` is the circuit's, and so is `coincidence` unless it stands there. */
export interface ProjectionRule {
  readonly rule: string;
  readonly params?: { readonly [name: string]: unknown };
  /**
   * Of rules with eligibility E: ms between two changes of the weights, a whole number k of steps. In between E grows with pairs alone;
   * at the end of each k-th step w' = bound(w + R·E), then E' = E·exp(−k·dt/tauEligibility). Default: each step, as the rule by itself.
   */
  readonly every?: number;
  /**
   * What R is, of rules that read one. Default: the sum of the rewards r since the latest change (see `input` of {@link run}). With
   * `tau`, ms: D + `baseline`, where D' = D·exp(−dt/tau) + r in each step; with `tau` 0 that sum + `baseline`.
   */
  readonly reward?: { readonly tau?: number; readonly baseline?: number };
}

/**
 * Short-term plasticity of each presynaptic neuron. At each of its spikes that arrives
 *
 *     u' = u + U·(1 − u)        w·u'·x is brought        x' = x·(1 − u')
 *
 * Between spikes u decays to 0 and x recovers to 1, exactly. At first u is 0 and x is 1: the first spike brings w·U.
 *
 * Source: Tsodyks, Pawelzik and Markram 1998.
 */
export interface ShortTerm {
  /** U, in [0, 1]. */
  readonly utilization: number;
  /** Time constant of x, ms: depression. */
  readonly tauRecovery: number;
  /** Time constant of u, ms; 0: u' is U at every spike. */
  readonly tauFacilitation: number;
}
