import * as tf from '@tensorflow/tfjs-core';
import { scan } from '../core/scan.js';
import { recordFromJSON, recordToJSON, type TensorJSON } from '../core/tensorJson.js';
import type { RuleJSON } from '../rules/rule.js';
import { stepOf } from '../rules/stepOf.js';
import { applyDelta } from '../updates/applyDelta.js';
import { checkUpdate } from '../updates/checkUpdate.js';
import { atAnotherTime } from './anotherTime.js';
import { othersAtHand, using } from './backends.js';
import { expectEqual, expectThat, numbers } from './expect.js';
import { checkRule } from './options.js';
import { asRun, batches, type Trial, trainsOf, trialOf } from './trial.js';

/** Different ways to the same result. */
export const sameLaws = {
  'determinism: the same run twice gives the same bits': async (trial: Trial) => {
    for (const batch of [4, undefined]) {
      const [cases, others] = [trial.cases(batch), trial.cases(batch, 1)];
      const once = trial.advance(trial.start(cases), cases, 0, 4);
      // Again, with another run's steps in between, on another day, with other dice.
      const again = atAnotherTime(() => {
        let [run, other] = [trial.start(cases), trial.start(others)];
        for (let time = 0; time < 4; time++)
          [other, run] = [trial.step(others.spikes(time), other), trial.step(cases.spikes(time), run)];
        return run;
      });
      expectEqual(await numbers(again), await numbers(once), 0, 'w and state');
    }
  },
  'JSON: rule and state come back and continue bit for bit': async (trial: Trial) => {
    const { rule, settings } = trial;
    const cases = trial.cases(2);
    const halfway = trial.advance(trial.start(cases), cases, 0, 3);
    const json = rule.toJSON();
    const text = JSON.stringify(json);
    expectThat(isPlain(json), () => `toJSON returns what JSON can't hold: ${text}`);
    const copy: unknown = settings.fromJSON(JSON.parse(text) as RuleJSON);
    checkRule(copy, 'fromJSON');
    expectThat(JSON.stringify(copy.toJSON()) === text, () => `${text} comes back as ${JSON.stringify(copy.toJSON())}`);
    const saved = JSON.stringify(await recordToJSON(halfway.state));
    const state = recordFromJSON<object>(JSON.parse(saved) as { readonly [name: string]: TensorJSON });
    const continued = trial.advance(halfway, cases, 3, 6);
    const restored = trialOf(copy, settings).advance({ ...halfway, state }, cases, 3, 6);
    expectEqual(await numbers(restored), await numbers(continued), 0, 'w and state');
  },
  'delta: what it asks for, applied to the weights, is what a step gives': async (trial: Trial) => {
    const { rule } = trial;
    const update = checkUpdate(rule.update, rule.name);
    for (const batch of batches) {
      const cases = trial.cases(batch);
      let run = trial.start(cases);
      for (let time = 0; time < 4; time++) {
        const input = cases.spikes(time);
        const result: unknown = rule.delta(input, run.w, run.state);
        expectThat(Array.isArray(result) && result.length === 2, () => 'delta must return [delta, state]');
        const w = applyDelta(run.w, result[0], rule.topology, update, update, update.batchReduction);
        const asked = asRun([w, result[1]], 'delta');
        run = trial.step(input, run);
        expectEqual(await numbers(run), await numbers(asked), 1e-6, 'w and state of a step');
      }
    }
  },
  'series: a scan, which may take many steps in one piece, gives what single steps give': async (trial: Trial) => {
    for (const batch of batches) {
      const cases = trial.cases(batch);
      const start = trial.start(cases);
      for (const steps of [1, 5]) {
        const times = Array.from({ length: steps }, (_, time) => time);
        const stepped = trial.advance(start, cases, 0, steps);
        const [whole] = scan(stepOf(trial.rule), [start.w, start.state] as const, trainsOf(times.map(cases.spikes)));
        expectEqual(await numbers(asRun(whole, 'series')), await numbers(stepped), 0, `w and state of a series of ${steps}`);
      }
    }
  },
} as const;

/** That backends agree, of which there are at least two. */
export const backendLaws = {
  'backends agree': async (trial: Trial) => {
    const run = () => {
      const cases = trial.cases(2);
      return numbers(trial.advance(trial.start(cases), cases, 0, 5));
    };
    const { backends } = trial.settings;
    const [first, ...others] = backends ?? [tf.getBackend(), ...(await othersAtHand())];
    const wanted = await using(first, run);
    for (const backend of others) expectEqual(await using(backend, run), wanted, 1e-5, `w and state on ${backend}`);
  },
} as const;

/** Whether a value survives JSON: nothing in it becomes something else, or is left out. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isPlain);
  return (
    Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every((part) => part === undefined || isPlain(part))
  );
}
