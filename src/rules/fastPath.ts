import type * as tf from '@tensorflow/tfjs-core';
import type { ChangeConstants, PairConstants } from '../kernels/constants.js';
import type { Program } from '../kernels/tensors/program/program.js';
import type { CheckedInput, RuleInput } from './ruleInput.js';

/**
 * A rule's steps as one piece of work, with the results of `delta` applied by `update`; `undefined` where that isn't possible. What comes
 * has been checked.
 */
export interface FastPath<State> {
  /** One step; with `donate` it may overwrite w and the state and return them. */
  step(input: CheckedInput, state: State, donate: boolean): [tf.Tensor, State] | undefined;
  /** Steps on trains whose spikes have a leading axis of time, of at least one step. */
  series(trains: CheckedInput, state: State): [tf.Tensor, State] | undefined;
  /** Pair STDP whose parameters are single numbers, for kernels that take a whole layer through time. */
  readonly pair?: PairConstants;
  /** The step as a program, likewise. */
  readonly written?: WrittenRule;
}

/** A rule whose step is a program. */
export interface WrittenRule {
  /** The program on spikes; of a rule that reads potentials, on those as well. */
  readonly program: Program;
  readonly change: ChangeConstants;
  /** Potential of a neuron in a step in which it fires, and what the state begins with where that isn't 0; of rules that read potentials. */
  readonly potentials?: { readonly peak: number; readonly begins: { readonly [part: string]: number } };
  /** What a reward is multiplied with, of rules that read one. */
  readonly rewardScale: number | undefined;
}

/** What a rule can do with whole trains, by its step: a copy with another step (`{ ...rule, step }`) can't. */
interface Trains<State> {
  readonly series: (trains: RuleInput, w: tf.TensorLike | tf.Tensor, state: State) => [tf.Tensor, State] | undefined;
  readonly pair: PairConstants | undefined;
  readonly written: WrittenRule | undefined;
}

const known = new WeakMap<object, unknown>();

type Stepped = { readonly step: object };

/** Notes what a rule of {@link makeRule} can do. */
export const noteTrains = <State>({ step }: Stepped, trains: Trains<State>): void => {
  known.set(step, trains);
};

/** The rule's way through a whole train, where it has one. */
export const seriesOf = <State>({ step }: Stepped): Trains<State>['series'] | undefined =>
  (known.get(step) as Trains<State> | undefined)?.series;

/** The rule in numbers, where it is plain pair STDP. */
export const pairConstantsOf = ({ step }: Stepped): PairConstants | undefined =>
  (known.get(step) as Trains<unknown> | undefined)?.pair;

/** The rule as a program, where it is one. */
export const writtenRuleOf = ({ step }: Stepped): WrittenRule | undefined =>
  (known.get(step) as Trains<unknown> | undefined)?.written;
