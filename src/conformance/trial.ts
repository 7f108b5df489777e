import * as tf from '@tensorflow/tfjs-core';
import { fork } from '../core/random.js';
import { show } from '../core/show.js';
import { tidily } from '../core/tensors.js';
import type { Rule, RuleInput, StepOptions } from '../rules/rule.js';
import { expectThat } from './expect.js';
import { type Fixture, type FixtureStep, fixture } from './fixtures.js';
import type { Settings } from './options.js';

/** Weights and the state beside them. */
export interface Run {
  readonly w: tf.Tensor;
  readonly state: object;
}

/** How spikes are changed on their way to a rule. */
type Change = (spikes: FixtureStep) => FixtureStep;

/** What the laws share: a rule, and how to run it. */
export interface Trial {
  readonly rule: Rule<object>;
  readonly settings: Settings;
  /** What weights may be: the bounds in float32. */
  readonly low: number;
  readonly high: number;
  /** Spikes and weights for `batch` samples; `other` ones by a number. */
  cases(batch?: number, other?: number): Fixture;
  /** Weights away from the bounds and the first state. */
  start(cases: Fixture): Run;
  /** One step. */
  step(spikes: FixtureStep, run: Run, options?: StepOptions): Run;
  /** Steps on the spikes of the times from … to − 1. */
  advance(run: Run, cases: Fixture, from: number, to: number, change?: Change): Run;
}

/** A leak may begin late, and so may NaN. */
export const manySteps = 64;

/** With and without a batch axis: what holds for the one may fail for the other. */
export const batches: readonly (number | undefined)[] = [2, undefined];

export function trialOf(rule: Rule<object>, settings: Settings): Trial {
  const { seed, input, bounds } = settings;
  const [low, high] = [Math.fround(bounds[0]), Math.fround(bounds[1])];
  const step: Trial['step'] = (spikes, { w, state }, options) =>
    asRun(options === undefined ? rule.step(spikes, w, state) : rule.step(spikes, w, state, options), 'step');
  return {
    rule,
    settings,
    low,
    high,
    cases: (batch, other = 0) => fixture(rule, other === 0 ? seed : fork(fork(seed, 3), other), batch, input),
    start: (cases) => ({
      w: cases.weights(low + 0.3 * (high - low), high - 0.3 * (high - low)),
      state: aState(rule.init(cases.shapes), 'init must return a state, a record of tensors'),
    }),
    step,
    advance: (run, cases, from, to, change = (spikes) => spikes) => {
      let now = run;
      for (let time = from; time < to; time++) now = step(change(cases.spikes(time)), now);
      return now;
    },
  };
}

/** What a step or a series returned, once it is known to be weights and a state. */
export function asRun(result: unknown, what: string): Run {
  const isPair = Array.isArray(result) && result.length === 2 && result[0] instanceof tf.Tensor;
  expectThat(isPair, () => `${what} must return [w, state], returned ${show(result)}`);
  return { w: result[0], state: aState(result[1], `${what} must return [w, state], its state`) };
}

function aState(state: unknown, what: string): object {
  expectThat(typeof state === 'object' && state !== null, () => `${what} is ${show(state)}`);
  return state;
}

/** The steps along a leading axis of time; single numbers are the same in all. */
export function trainsOf(steps: readonly FixtureStep[]): RuleInput {
  const all = (name: 'pre' | 'post' | 'delay') => steps.flatMap(({ [name]: part }) => (part instanceof tf.Tensor ? [part] : []));
  const { reward, delay } = steps[0] ?? {};
  return tidily(() => ({
    pre: tf.stack(all('pre')),
    post: tf.stack(all('post')),
    ...(reward !== undefined && { reward }),
    ...(delay !== undefined && { delay: tf.stack(all('delay')) }),
  }));
}
