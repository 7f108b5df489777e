import * as tf from '@tensorflow/tfjs-core';
import { scan } from '../core/scan.js';
import { showShape } from '../core/show.js';
import { sameShape } from '../core/tensors.js';
import { tensorsOf } from '../core/trees.js';
import { stepOf } from '../rules/stepOf.js';
import { expectEqual, expectSameLeaves, expectThat, leavesOf, numbers } from './expect.js';
import { batches, manySteps, type Trial, trainsOf } from './trial.js';

/** What becomes of the tensors that go in, and of those that come out. */
export const tensorLaws = {
  'shapes stay: new weights and state have the shapes of the old': (trial: Trial) => {
    for (const batch of batches) {
      const cases = trial.cases(batch);
      const before = trial.start(cases);
      let run = before;
      for (let time = 0; time < 4; time++) {
        run = trial.step(cases.spikes(time), run);
        expectAlike(run.w, before.w, 'w');
        const [old, next] = [leavesOf(before.state), leavesOf(run.state)];
        expectThat(old.length === next.length, () => `the state went from ${old.length} fields to ${next.length}`);
        for (const [index, [path, leaf]] of old.entries()) {
          const [name, value] = next[index] ?? [];
          expectThat(name === path, () => `the state has a field ${name} where ${path} was`);
          if (leaf instanceof tf.Tensor) expectAlike(value, leaf, `state.${path}`);
        }
      }
    }
  },
  'purity: arguments are neither changed nor disposed': async (trial: Trial) => {
    const { rule } = trial;
    const params = leavesOf(rule.params);
    for (const batch of batches) {
      const cases = trial.cases(batch);
      const { shapes } = cases;
      const kept = leavesOf(shapes);
      let run = trial.start(cases);
      expectSameLeaves(shapes, kept, 'shapes');
      for (let time = 0; time < 4; time++) {
        const input = cases.spikes(time);
        run = await expectUnchanged({ input, ...run }, () => {
          rule.delta(input, run.w, run.state);
          return trial.step(input, run);
        });
      }
    }
    expectSameLeaves(rule.params, params, "the rule's params");
  },
  'memory: a step leaves exactly the tensors it returns': (trial: Trial) => {
    const cases = trial.cases(2);
    expectApart(
      'init',
      expectExactly('init', [], () => trial.rule.init(cases.shapes)),
    );
    let run = trial.start(cases);
    for (let time = 0; time < manySteps; time++) {
      const input = cases.spikes(time);
      const given = tensorsOf([input, run]);
      expectExactly('delta', given, () => trial.rule.delta(input, run.w, run.state));
      run = expectExactly('step', given, () => trial.step(input, run));
      expectApart('step', run);
    }
    const trains = trainsOf([0, 1, 2].map(cases.spikes));
    const start = trial.start(cases);
    expectExactly('series', tensorsOf([trains, start]), () => scan(stepOf(trial.rule), [start.w, start.state] as const, trains));
  },
  'donation: a step that may keep w and state gives the same, and nothing else is lost': async (trial: Trial) => {
    for (const batch of batches) {
      const cases = trial.cases(batch);
      let [pure, run] = [trial.start(cases), trial.start(cases)];
      for (let time = 0; time < 5; time++) {
        const input = cases.spikes(time);
        pure = trial.step(input, pure);
        // Another tensor may share the values: only at every other step, since donating spares them then.
        const views = time % 2 === 0 ? [] : tensorsOf(run).map((tensor) => tf.clone(tensor));
        const given = tensorsOf(run);
        run = await expectUnchanged({ input, views }, () => {
          const before = tf.memory().numTensors;
          const next = trial.step(input, run, { donate: true });
          const kept = new Set(tensorsOf(next));
          const stays = given.filter((tensor) => !tensor.isDisposed && !kept.has(tensor)).length;
          expectThat(stays === 0, () => `${stays} tensors that were given away are still there`);
          const more = tf.memory().numTensors - (before - given.length + kept.size);
          expectThat(more === 0, () => `${more} tensors more than returned stay after a donated step`);
          return next;
        });
        expectEqual(await numbers(run), await numbers(pure), 0, 'w and state of a donated step');
      }
    }
  },
} as const;

function expectAlike(value: unknown, model: tf.Tensor, what: string): void {
  expectThat(value instanceof tf.Tensor, () => `${what} is no tensor any more`);
  expectThat(
    sameShape(value.shape, model.shape),
    () => `${what} went from ${showShape(model.shape)} to ${showShape(value.shape)}`,
  );
  expectThat(value.dtype === model.dtype, () => `${what} went from ${model.dtype} to ${value.dtype}`);
}

/** What a computation gives, which leaves its arguments as they were: the same records of the same tensors with the same values. */
async function expectUnchanged<T>(given: object, compute: () => T): Promise<T> {
  const [held, values] = [leavesOf(given), await numbers(given)];
  const result = compute();
  expectSameLeaves(given, held, 'the arguments');
  expectEqual(await numbers(given), values, 0, 'arguments');
  return result;
}

/** What a computation gives: new tensors, and there are no others more than before. */
function expectExactly<T>(what: string, given: readonly tf.Tensor[], compute: () => T): T {
  const before = tf.memory().numTensors;
  const result = compute();
  const returned = new Set(tensorsOf(result));
  const more = tf.memory().numTensors - before;
  expectThat(!given.some((tensor) => returned.has(tensor)), () => `${what} returned a tensor that it was given`);
  expectThat(more === returned.size, () => `${what}: ${more} tensors stay, ${returned.size} were returned`);
  return result;
}

/** Whoever disposes one field, or gives it away, would lose the other. */
function expectApart(what: string, result: object): void {
  const parts = tensorsOf(result);
  expectThat(new Set(parts).size === parts.length, () => `${what} returned one tensor in two places`);
}
