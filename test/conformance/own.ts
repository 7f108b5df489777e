import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../../src/core/tensors.js';
import {
  dense,
  makeRule,
  pairStdpDefaults,
  type Rule,
  type RuleDefinition,
  type RuleInput,
  type StdpState,
} from '../../src/entries/everything.js';

/** The batch, the layers and the weights as the author of a step sees them. */
export interface Spikes extends RuleInput {
  readonly pre: tf.Tensor;
  readonly post: tf.Tensor;
}

export type Result = [tf.Tensor, StdpState];
export type Step = (input: Spikes, w: tf.Tensor, state: StdpState) => Result;

/** A right rule of one's own: pair STDP by hand. What differs is given. */
export const own = (definition: Partial<RuleDefinition<StdpState>> = {}): Rule<StdpState> =>
  makeRule<StdpState>({
    name: 'own',
    params: {},
    topology: dense,
    init: ({ pre, post }) => ({ tPre: tf.zeros([...pre]), tPost: tf.zeros([...post]) }),
    delta: ({ pre, post }, _w, state) => {
      const tPre = tf.add(tf.mul(state.tPre, 0.9), pre);
      const tPost = tf.add(tf.mul(state.tPost, 0.9), post);
      return [
        { potentiation: [{ pre: tPre, post }], depression: [{ pre, post: tPost }] },
        { tPre, tPost },
      ];
    },
    update: { ...pairStdpDefaults, etaPlus: 0.01, etaMinus: 0.01 },
    ...definition,
  });

/** The right rule with other methods. */
export const but = (methods: Partial<Rule<StdpState>>): Rule<StdpState> => ({ ...own(), ...methods });

/** A rule of this step: the delta that agrees with it, and donation. So nothing but the step itself can break a law. */
export function stepping(step: Step, methods: Partial<Rule<StdpState>> = {}): Rule<StdpState> {
  const pure = (input: RuleInput, w: unknown, state: StdpState) => step(input as Spikes, w as tf.Tensor, state);
  const rule = own();
  return {
    ...rule,
    update: { ...rule.update, etaPlus: 1, hardBound: false },
    step: (input, w, state, options) => {
      const result = tidily(() => pure(input, w, state));
      if (options?.donate === true) tf.dispose([w as tf.Tensor, { ...state }]);
      return result;
    },
    delta: (input, w, state) =>
      tidily(() => {
        const [next, after] = pure(input, w, state);
        return [{ potentiation: [{ perSample: tf.expandDims(tf.sub(next, w as tf.Tensor), 0) }], depression: [] }, after];
      }),
    ...methods,
  };
}

const right = own();

/** The right step with its new weights changed. */
export const reweighted = (change: (w: tf.Tensor, input: Spikes, before: tf.Tensor) => tf.Tensor): Rule<StdpState> =>
  stepping((input, w, state) => {
    const [next, traces] = right.step(input, w, state);
    return [change(next, input, w), traces];
  });

/** The right step with its next state changed. */
export const remembering = (change: (state: StdpState, input: Spikes, before: StdpState) => object): Rule<StdpState> =>
  stepping((input, w, state) => {
    const [next, traces] = right.step(input, w, { tPre: state.tPre, tPost: state.tPost });
    return [next, change(traces, input, state) as StdpState];
  });

/** The right step on changed spikes and traces. */
export const seeing = (change: (input: Spikes) => Spikes): Rule<StdpState> =>
  stepping((input, w, state) => right.step(change(input), w, state));

export const counter = () => {
  let calls = 0;
  return () => calls++;
};
