import * as tf from '@tensorflow/tfjs-core';
import type { Seed } from '../core/random.js';
import { showShape } from '../core/show.js';
import { recordFromJSON, recordToJSON } from '../core/tensorJson.js';
import { sameShape, sumOf } from '../core/tensors.js';
import { mapTensors, tensorsOf } from '../core/trees.js';
import type { Rule, RuleJSON } from '../rules/rule.js';
import { ruleFromJSON } from '../rules/ruleFromJSON.js';
import { expectEqual, expectThat, numbers } from './expect.js';
import { type Fixture, type FixtureInput, fixture } from './fixtures.js';

/** One law: a name for the report, and a check that rejects when the rule breaks it. It leaves no tensors behind. */
export interface Law {
  readonly name: string;
  check(): Promise<void>;
}

/**
 * How the laws are tried.
 *
 * @property seed          random spikes and weights. Default 1.
 * @property bounds        where weights may lie. Default [0, 1].
 * @property input         what comes with the spikes, see {@link FixtureInput}. Default: nothing.
 * @property hebbian       whether pre before post potentiates and post before pre depresses. Default true.
 * @property batchSums     whether a batch changes the weights by the sum of its samples' changes. Default true.
 * @property backends      registered backends that must agree. Default: the current one alone.
 * @property fromJSON      how a rule comes back from its JSON. Default {@link ruleFromJSON}.
 */
export interface ConformanceOptions {
  readonly seed?: Seed;
  readonly bounds?: readonly [low: number, high: number];
  readonly input?: FixtureInput;
  readonly hebbian?: boolean;
  readonly batchSums?: boolean;
  readonly backends?: readonly string[];
  readonly fromJSON?: (json: RuleJSON) => Rule<object>;
}

type Run = { readonly w: tf.Tensor; readonly state: object };

/**
 * The laws for one rule on its topology.
 *
 * @example
 * // A rule of your own. In a test runner: for (const law of suite) it(law.name, law.check);
 * const hebb = (params = {}) => makeRule({
 *   name: 'hebb', params, topology: dense, init: () => ({}), update: { ...pairStdpDefaults, etaPlus: 0.01, ...params },
 *   delta: ({ pre, post }, _w, state) => [{ potentiation: [{ pre, post }], depression: [] }, state],
 * });
 * const suite = laws(hebb(), { hebbian: false, fromJSON: ({ params }) => hebb(params) });
 * for (const law of suite) await law.check();
 */
export function laws<State extends object>(rule: Rule<State>, options: ConformanceOptions = {}): readonly Law[] {
  const { seed = 1, bounds = [0, 1], input, hebbian = true, batchSums = true, backends = [], fromJSON = ruleFromJSON } = options;
  const [low, high] = bounds;
  const casesOf = (batch?: number) => fixture(rule, seed, batch, input);
  const middle = (cases: Fixture) => cases.weights(low + 0.3 * (high - low), high - 0.3 * (high - low));
  const start = (cases: Fixture): Run => ({ w: middle(cases), state: rule.init(cases.shapes) });
  const advance = (run: Run, cases: Fixture, from: number, to: number, stepper: Rule<object> = rule): Run => {
    let { w, state } = run;
    for (let time = from; time < to; time++) [w, state] = stepper.step(cases.spikes(time), w, state);
    return { w, state };
  };

  const table: { readonly [law: string]: () => Promise<void> | void } = {
    'shapes stay: new weights and state have the shapes of the old': () => {
      const cases = casesOf(2);
      const before = start(cases);
      const after = advance(before, cases, 0, 1);
      expectThat(
        sameShape(after.w.shape, before.w.shape),
        `w went from ${showShape(before.w.shape)} to ${showShape(after.w.shape)}`,
      );
      const [old, next] = [tensorsOf(before.state), tensorsOf(after.state)];
      expectThat(
        old.length === next.length && old.every((tensor, index) => sameShape(tensor.shape, next[index]?.shape ?? [])),
        'state changed its shapes',
      );
    },
    'purity: arguments are neither changed nor disposed': async () => {
      const cases = casesOf(2);
      const { w, state } = start(cases);
      const given = cases.spikes(0);
      const before = await numbers([w, given, state]);
      rule.step(given, w, state as State);
      expectEqual(await numbers([w, given, state]), before, 0, 'arguments');
    },
    'bounds: weights that start inside or at a bound stay inside': async () => {
      const cases = casesOf(2);
      // Half of the weights start at a bound, where the first change that is not bounded takes them out.
      const span = high - low;
      const w = tf.clipByValue(cases.weights(low - span / 2, high + span / 2), low, high);
      let run: Run = { ...start(cases), w };
      for (let time = 0; time < 6; time++) {
        run = advance(run, cases, time, time + 1);
        for (const value of await numbers(run.w))
          expectThat(value >= low - 1e-6 && value <= high + 1e-6, `a weight of ${value} is outside [${low}, ${high}]`);
      }
    },
    'silence: without spikes weights inside the bounds stay': async () => {
      const cases = casesOf(2);
      const run = advance(start(cases), cases, 0, 3);
      expectEqual(await numbers(rule.step(cases.only(), run.w, run.state as State)[0]), await numbers(run.w), 0, 'w');
    },
    'no NaN appears, spikes or none': async () => {
      const cases = casesOf(1);
      const { w, state } = start(cases);
      const run = advance({ w, state: rule.step(cases.only(), w, state as State)[1] as object }, cases, 0, 3);
      const all = await numbers([run.w, run.state, rule.step(cases.only(), w, state as State) as unknown]);
      expectThat(
        all.every((value) => !Number.isNaN(value)),
        'NaN appeared',
      );
    },
    'time: silence before the first spike changes nothing after it': async () => {
      const cases = casesOf(2);
      const now = start(cases);
      let later = now;
      for (let time = 0; time < 3; time++) {
        const [w, state] = rule.step(cases.only(), later.w, later.state as State);
        later = { w, state: state as object };
      }
      expectEqual(await numbers(advance(later, cases, 0, 4).w), await numbers(advance(now, cases, 0, 4).w), 1e-6, 'w');
    },
    'a batch of one is no batch': async () => {
      const [one, none] = [casesOf(1), casesOf()];
      expectEqual(await numbers(advance(start(one), one, 0, 3).w), await numbers(advance(start(none), none, 0, 3).w), 1e-6, 'w');
    },
    'determinism: the same run twice gives the same bits': async () => {
      const cases = casesOf(3);
      expectEqual(
        await numbers(advance(start(cases), cases, 0, 4)),
        await numbers(advance(start(cases), cases, 0, 4)),
        0,
        'w and state',
      );
    },
    'memory: a step leaves exactly the tensors it returns': () => {
      const cases = casesOf(2);
      const { w, state } = start(cases);
      const given = cases.spikes(0);
      const before = tf.memory().numTensors;
      const returned = tensorsOf(rule.step(given, w, state as State) as unknown);
      expectThat(
        tf.memory().numTensors === before + returned.length,
        `${tf.memory().numTensors - before} tensors stay, ${returned.length} were returned`,
      );
    },
    'JSON: rule and state come back and continue bit for bit': async () => {
      const cases = casesOf(2);
      const halfway = advance(start(cases), cases, 0, 3);
      const copy = fromJSON(JSON.parse(JSON.stringify(rule)) as RuleJSON);
      const state = recordFromJSON<object>(JSON.parse(JSON.stringify(await recordToJSON(halfway.state))) as never);
      const [continued, restored] = [advance(halfway, cases, 3, 6), advance({ ...halfway, state }, cases, 3, 6, copy)];
      expectEqual(await numbers(restored), await numbers(continued), 0, 'w and state');
    },
    'backends agree': async () => {
      const current = tf.getBackend();
      const results = [];
      for (const backend of backends.length === 0 ? [current] : backends) {
        await tf.setBackend(backend);
        const cases = casesOf(2);
        results.push(await numbers(advance(start(cases), cases, 0, 5)));
      }
      await tf.setBackend(current);
      for (const result of results) expectEqual(result, results[0] ?? [], 1e-5, 'w and state');
    },
    ...(batchSums && {
      'batch: it changes weights by the sum of its samples': async () => {
        const cases = casesOf(3);
        const { w, state } = start(cases);
        const [first, second] = [cases.spikes(0), cases.spikes(1)];
        const change = (pick: (tensor: tf.Tensor) => tf.Tensor) => {
          const of = (step: typeof first) => ({ ...step, pre: pick(step.pre), post: pick(step.post) });
          const [, next] = rule.step(of(first), w, mapTensors(state, pick) as State);
          return tf.sub(rule.step(of(second), w, next)[0], w);
        };
        const parts = [0, 1, 2].map((sample) => change((tensor) => tf.slice(tensor, sample, 1)));
        expectEqual(await numbers(change((tensor) => tensor)), await numbers(sumOf(parts)), 1e-5, 'Δw');
      },
    }),
    ...(hebbian && {
      'order: pre before post potentiates, post before pre does not': async () => {
        const cases = casesOf(1);
        const { w, state } = start(cases);
        const change = async (first: 'pre' | 'post', second: 'pre' | 'post') => {
          const between = rule.step(cases.only(first), w, state as State);
          return numbers(tf.sub(rule.step(cases.only(second), ...between)[0], w));
        };
        const [raised, lowered] = [await change('pre', 'post'), await change('post', 'pre')];
        expectThat(
          raised.every((value) => value > 0),
          'pre before post must raise every weight',
        );
        expectThat(
          lowered.every((value) => value < 0),
          'post before pre must lower every weight',
        );
      },
    }),
  };
  return Object.entries(table).map(([name, body]) => ({ name, check: () => inScope(body) }));
}

/** Runs a check and disposes whatever it made, also when it fails. */
async function inScope(body: () => Promise<void> | void): Promise<void> {
  tf.engine().startScope('conformance');
  try {
    await body();
  } finally {
    tf.engine().endScope();
  }
}
