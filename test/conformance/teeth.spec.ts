import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type ConformanceOptions, laws } from '../../src/conformance/index.js';
import { StdpError } from '../../src/core/errors.js';
import { conv2d, delayAdjustedStdp, mstdp, pairStdp, type Rule, type StdpState } from '../../src/entries/everything.js';
import { otherBackend, targetBackend } from '../target.js';
import { but, own, stepping } from './own.js';
import { type Wrong, wrongRules } from './wrongRules.js';

/** A law's name up to the first sign. */
const short = (name: string): string => name.split(/[:,]/)[0]?.replace(/^(backends agree).*/, '$1') ?? name;

/** What comes of each law: nothing, or how the rule breaks it. Each meets a new rule, and waits for none of the others. */
async function verdicts({ make, options }: Pick<Wrong, 'make' | 'options'>): Promise<ReadonlyMap<string, unknown>> {
  const suite = () => laws(make(), { fromJSON: () => make() as Rule<object>, ...options });
  const outcomes = new Map<string, unknown>();
  for (const index of suite().keys()) {
    const law = suite()[index] ?? expect.fail('no law');
    const problem = await law.check().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    outcomes.set(short(law.name), problem);
  }
  return outcomes;
}

/** Names of the laws that a rule breaks, by what is said: what stays after any law breaks that of memory. */
const brokenBy = async (wrong: Pick<Wrong, 'make' | 'options'>): Promise<readonly string[]> => [
  ...new Set(
    [...(await verdicts(wrong))].flatMap(([law, problem]) => {
      if (problem === undefined) return [];
      return String(problem).includes("breaks 'memory': ") ? ['memory'] : [law];
    }),
  ),
];

const everyLaw = laws(own()).map(({ name }) => short(name));

describe('the conformance suite', () => {
  it('has rules that break each of its laws', () => {
    expect(Object.keys(wrongRules).sort()).toEqual([...everyLaw].sort());
  });

  it.each([
    ['by hand', own],
    ['step by step', () => stepping((input, w, state) => own().step(input, w, state))],
    ['of the library', () => pairStdp({ etaPlus: 0.01, etaMinus: 0.01 })],
    ['on a convolution', () => pairStdp({ etaPlus: 0.01, etaMinus: 0.01 }, conv2d({ strides: 2, pad: 'same' }))],
    ['on a convolution of wide windows', () => pairStdp({ etaPlus: 0.01, etaMinus: 0.01 }, conv2d({ dilations: 6 }))],
  ] as const)('finds no fault in a right rule %s, and leaves no tensors', async (_, make) => {
    const before = tf.memory().numTensors;
    expect(await brokenBy({ make })).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe(targetBackend);
  });

  describe.each(Object.entries(wrongRules))('%s', (law, rules) => {
    it.each(rules.map((wrong, index) => ({ ...wrong, alone: index === 0 })))('catches: $what', async ({ alone, ...wrong }) => {
      const broken = await brokenBy(wrong);
      if (alone) expect(broken).toEqual([law]);
      else expect(broken).toContain(law);
      expect(tf.getBackend()).toBe(targetBackend);
    });
  });

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('of its own');
      },
      /it threw: of its own/,
    ],
    [
      'throws what is no error',
      () => {
        throw 'a text';
      },
      /it threw: a text/,
    ],
    ['returns nothing', () => undefined, /must return \[w, state\], returned undefined/],
    ['returns a promise', async () => [tf.zeros([5, 3]), {}], /must return \[w, state\]/],
    ['returns numbers', () => [5, {}], /must return \[w, state\], returned \[5, {/],
    ['returns no state', () => [tf.zeros([5, 3]), undefined], /must return \[w, state\], its state is undefined/],
  ] as const satisfies readonly (readonly [string, () => unknown, RegExp])[])(
    'says what is wrong with a rule whose step %s',
    async (_, step: () => unknown, message: RegExp) => {
      for (const [law, problem] of await verdicts({ make: () => but({ step: step as unknown as Rule<StdpState>['step'] }) })) {
        expect(problem, law).toBeInstanceOf(StdpError);
        expect(String(problem), law).toMatch(message);
      }
    },
  );

  it.each([
    [undefined, {}, 'rule'],
    [{}, {}, 'rule'],
    [pairStdp, {}, 'rule'],
    [{ ...own(), delta: 5 }, {}, 'rule'],
    [{ ...own(), topology: 'dense' }, {}, 'topology'],
    [own(), null, 'options'],
    [own(), 5, 'options'],
    [own(), { seeds: 1 }, 'seeds'],
    [own(), { seed: 'one' }, 'seed'],
    [own(), { bounds: [1, 0] }, 'bounds'],
    [own(), { bounds: [0, Number.NaN] }, 'bounds'],
    [own(), { bounds: [0, 1, 2] }, 'bounds'],
    [own(), { bounds: 1 }, 'bounds'],
    [own(), { input: { rewards: 1 } }, 'rewards'],
    [own(), { input: { reward: 'much' } }, 'reward'],
    [own(), { input: { delay: -1 } }, 'delay'],
    [own(), { hebbian: 'no' }, 'hebbian'],
    [own(), { backends: 'cpu' }, 'backends'],
    [own(), { backends: ['cpu'] }, 'backends'],
    [own(), { backends: ['cpu', 'cpu'] }, 'backends'],
    [own(), { fromJSON: {} }, 'fromJSON'],
  ] as const)('refuses %o with %o', (rule, options, argument) => {
    expect(() => laws(rule as unknown as Rule<StdpState>, options as unknown as ConformanceOptions)).toThrow(
      expect.objectContaining({ name: 'StdpError', where: 'laws', argument }),
    );
  });

  it('compares with a backend that is there, or says so', async () => {
    const agree = (backends: readonly string[]) => laws(own(), { backends }).find(({ name }) => name === 'backends agree');
    await agree([otherBackend, targetBackend])?.check();
    await expect(agree(['cpu', 'nowhere'])?.check()).rejects.toThrow(/laws: backends nowhere is not there/);
    expect(tf.getBackend()).toBe(targetBackend);
    expect(agree([])).toBeUndefined();
  });

  it('hands a reward and delays over to the rule', async () => {
    const [reward, delay] = [1, 3];
    const holds = (rule: Rule<never>, input: object) =>
      laws(rule, { input })
        .find(({ name }) => short(name) === 'order')
        ?.check();
    await expect(holds(mstdp() as Rule<never>, {})).rejects.toThrow(); // nothing is learnt without a reward
    await holds(mstdp() as Rule<never>, { reward });
    await holds(delayAdjustedStdp() as Rule<never>, {});
    await expect(holds(delayAdjustedStdp() as Rule<never>, { delay })).rejects.toThrow(); // the input arrives too late
  });

  it('leaves out what a rule does not promise', () => {
    const names = laws(own(), { hebbian: false, batchSums: false, local: false, backends: [] }).map(({ name }) => short(name));
    expect(names).toEqual(everyLaw.filter((name) => !['order', 'batch', 'chunks', 'locality', 'backends agree'].includes(name)));
  });
});
