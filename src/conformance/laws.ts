import * as tf from '@tensorflow/tfjs-core';
import { ensure, StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';
import { ensureBackend } from '../core/tensors.js';
import type { Rule } from '../rules/rule.js';
import { absentLaws } from './absentLaw.js';
import { batchLaws, batchSumLaws } from './batchLaws.js';
import { Broken } from './expect.js';
import { localityLaws } from './localityLaw.js';
import { type ConformanceOptions, checkOptions, checkRule } from './options.js';
import { backendLaws, sameLaws } from './sameLaws.js';
import { tensorLaws } from './tensorLaws.js';
import { type Trial, trialOf } from './trial.js';
import { hebbianLaws, valueLaws } from './valueLaws.js';

/** One law: a name for the report, and a check that leaves no tensors behind. */
export interface Law {
  readonly name: string;
  /** Rejects with a {@link StdpError} that says what the rule did when it breaks the law; also when the rule throws. */
  check(): Promise<void>;
}

/**
 * The laws for one rule on its topology: random spikes on small layers, with and without a batch.
 *
 * | law | |
 * |---|---|
 * | shapes stay | new weights and state have the shapes, types and names of the old |
 * | purity | whatever goes in, and the rule's own params, stay what they are |
 * | memory | init, delta, step and series leave the tensors they return, new ones, also after many steps; in every law |
 * | donation | `{ donate: true }` gives the bits of a pure step; w and state are gone, nothing else is |
 * | bounds | no weight leaves them, by whatever little |
 * | silence | without spikes weights stay |
 * | no NaN | whatever spikes, also nothing; weights stay finite, also after many steps |
 * | time | silence before the first spike changes nothing after it |
 * | a batch of one, batch order, batch | samples don't know of each other; `batchSums` |
 * | chunks | the samples of a batch may be shared out ({@link chunkSums}), to the same bits; `batchSums` |
 * | determinism | a second run gives the same bits, at another time, with other random numbers, among other runs |
 * | JSON | a rule that comes back from JSON goes on with its state, bit for bit |
 * | delta, series | agree with step |
 * | backends agree | the one in use and another, to 1e-5 |
 * | absent synapses | keep their weights, where the topology has such |
 * | locality | Δw[i, j] depends on what i and j did, and on w[i, j]; `local` |
 * | order | pre before post potentiates, post before pre depresses; `hebbian` |
 *
 * @param rule     any rule, on a dense layer or a convolution.
 * @param options  see {@link ConformanceOptions}; they also say which laws a rule doesn't promise.
 * @throws {StdpError} when `rule` is none, or an option is unknown or isn't what it should be.
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
  checkRule(rule, 'laws');
  const settings = checkOptions(options, 'laws');
  const { hebbian, batchSums, local, backends } = settings;
  const trial = trialOf(rule, settings);
  const table: { readonly [law: string]: (trial: Trial) => Promise<void> | void } = {
    ...tensorLaws,
    ...valueLaws,
    ...batchLaws,
    ...sameLaws,
    ...(rule.topology.exists && absentLaws),
    ...(backends?.length !== 0 && backendLaws),
    ...(local && localityLaws),
    ...(batchSums && batchSumLaws),
    ...(hebbian && hebbianLaws),
  };
  return Object.entries(table).map(([name, body]) => ({ name, check: () => checked(trial, name, body) }));
}

/** Runs a check, disposes whatever it made, also when it fails, and says what is broken. */
async function checked(trial: Trial, law: string, body: (trial: Trial) => Promise<void> | void): Promise<void> {
  ensureBackend('laws');
  const before = tf.memory().numTensors;
  tf.engine().startScope('conformance');
  try {
    await body(trial);
  } catch (reason) {
    if (reason instanceof StdpError && reason.where === 'laws') throw reason;
    const problem = reason instanceof Broken ? reason.message : `it threw: ${messageOf(reason)}`;
    throw new StdpError('laws', `rule ${trial.rule.name}`, `breaks '${law}': ${problem}`, { cause: reason });
  } finally {
    tf.engine().endScope();
  }
  // What a scope can't dispose was kept by the rule: it may be that only this law, of all, has called the rule so often.
  const more = tf.memory().numTensors - before;
  ensure(more <= 0, 'laws', `rule ${trial.rule.name}`, () => `breaks 'memory': ${more} tensors stay after the law '${law}'`);
}
