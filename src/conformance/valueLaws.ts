import * as tf from '@tensorflow/tfjs-core';
import { expectEqual, expectThat, numbers } from './expect.js';
import type { Fixture, FixtureStep } from './fixtures.js';
import { batches, manySteps, type Run, type Trial } from './trial.js';

/** What nobody expects of random spikes: all together, one layer alone, none. */
const extremes = (cases: Fixture): readonly FixtureStep[] => [
  cases.only(),
  cases.only('pre', 'post'),
  cases.only('pre'),
  cases.only('post'),
];

/** What the numbers may be that come out. */
export const valueLaws = {
  'bounds: weights that start inside or at a bound stay inside': async (trial: Trial) => {
    const { low, high } = trial;
    const inside = async ({ w }: Run) => {
      for (const value of await numbers(w))
        expectThat(!(value < low || value > high), () => `a weight of ${value} is outside [${low}, ${high}]`);
    };
    for (const batch of batches) {
      const cases = trial.cases(batch);
      // Half of the weights start at a bound, where the first change that is not bounded takes them out.
      const span = high - low;
      const first = () => ({
        ...trial.start(cases),
        w: tf.clipByValue(cases.weights(low - span / 2, high + span / 2), low, high),
      });
      let run = first();
      for (let time = 0; time < 6; time++) {
        run = trial.step(cases.spikes(time), run);
        await inside(run);
      }
      for (const spikes of extremes(cases)) {
        const next = trial.step(spikes, { ...first(), state: run.state });
        await inside(next);
        run = trial.step(spikes, next);
        await inside(run);
      }
    }
  },
  'silence: without spikes weights inside the bounds stay': async (trial: Trial) => {
    for (const batch of batches) {
      const cases = trial.cases(batch);
      const first = trial.start(cases);
      for (const before of [first, trial.advance(first, cases, 0, 3)]) {
        let run = before;
        for (let time = 0; time < 3; time++) {
          run = trial.step(cases.only(), run);
          expectEqual(await numbers(run.w), await numbers(before.w), 0, 'w');
        }
      }
    }
  },
  'no NaN appears, spikes or none': async (trial: Trial) => {
    const finite = async ({ w, state }: Run) => {
      expectThat((await numbers(w)).every(Number.isFinite), () => 'a weight is no finite number any more');
      expectThat(!(await numbers(state)).some(Number.isNaN), () => 'NaN appeared in the state');
    };
    const cases = trial.cases(2);
    const first = trial.start(cases);
    const atBounds = [trial.low, trial.high].map((value) => ({ ...first, w: tf.fill(first.w.shape, value) }));
    for (const start of [first, trial.advance(first, cases, 0, 3), ...atBounds]) {
      await finite(start);
      for (const spikes of extremes(cases)) {
        const run = trial.step(spikes, start);
        await finite(run);
        await finite(trial.step(cases.spikes(3), run));
      }
    }
    const later: Run[] = [];
    for (let time = 0, run = first; time < manySteps; time++) {
      run = trial.step(cases.spikes(time), run);
      later.push(run);
    }
    await Promise.all(later.map(finite));
  },
  'time: silence before the first spike changes nothing after it': async (trial: Trial) => {
    const cases = trial.cases(2);
    const now = trial.start(cases);
    let later = now;
    for (let time = 0; time < 8; time++) later = trial.step(cases.only(), later);
    for (let time = 0, [one, other] = [now, later]; time < 4; time++) {
      [one, other] = [trial.step(cases.spikes(time), one), trial.step(cases.spikes(time), other)];
      expectEqual(await numbers(other.w), await numbers(one.w), 1e-6, 'w');
    }
  },
} as const;

/** What a rule promises that calls itself Hebbian. */
export const hebbianLaws = {
  'order: pre before post potentiates, post before pre does not': async (trial: Trial) => {
    const cases = trial.cases(1);
    const start = trial.start(cases);
    const change = async (first: 'pre' | 'post', second: 'pre' | 'post') => {
      const between = trial.step(cases.only(first), start);
      return numbers(tf.sub(trial.step(cases.only(second), between).w, start.w));
    };
    const { exists } = trial.rule.topology;
    const there = exists && (await numbers(exists(start.w.shape)));
    const every = (changes: readonly number[], holds: (change: number) => boolean) =>
      changes.every((change, synapse) => there?.[synapse] === 0 || holds(change));
    const [raised, lowered] = [await change('pre', 'post'), await change('post', 'pre')];
    expectThat(
      every(raised, (value) => value > 0),
      () => 'pre before post must raise every weight',
    );
    expectThat(
      every(lowered, (value) => value < 0),
      () => 'post before pre must lower every weight',
    );
  },
} as const;
