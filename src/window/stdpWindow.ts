import { isRight, left, right } from 'fp-ts/lib/Either.js';
import { ensure, orThrow } from '../core/errors.js';
import {
  type Check,
  nonNegativeScalar,
  nothingMore,
  oneOf,
  optional,
  positiveScalar,
  scalar,
  validateParams,
} from '../core/params/validation.js';
import { show } from '../core/show.js';
import { ensureBackend } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import type { Rule } from '../rules/rule.js';
import { hasSeparateSynapses } from '../rules/separateSynapses.js';
import { areOrdered } from '../updates/checkUpdate.js';
import { aloneInItsLayer, type OneSynapse, synapseOf } from './oneSynapse.js';
import type { PairedSpikes } from './pairChange.js';
import { changesOfPairsAlone } from './pairsAlone.js';
import { changesOfPairsInOneLayer } from './pairsInOneLayer.js';
import { windowSteps } from './windowSteps.js';

/** How {@link stdpWindow} looks at a rule. */
export interface StdpWindowOptions {
  readonly range?: number;
  readonly dt?: number;
  readonly w0?: number;
  readonly reward?: number;
  readonly rewardIn?: 'everyStep' | 'lastStep';
  readonly after?: number;
}

const inMs =
  (test: Check, expected: string): Check =>
  (value) =>
    isRight(test(value)) ? right(value) : left(expected);

const defaults = { range: 100, dt: undefined, w0: 0.5, reward: undefined, rewardIn: 'everyStep', after: 0 };

const checks = {
  range: inMs(positiveScalar, 'a number > 0 in ms'),
  dt: optional(inMs(positiveScalar, 'a number > 0 in ms')),
  w0: scalar,
  reward: optional(scalar),
  rewardIn: oneOf('everyStep', 'lastStep'),
  after: inMs(nonNegativeScalar, 'a number ≥ 0 in ms'),
};

/**
 * The STDP window of a rule by simulation: the weight change Δw after one pair of spikes, for differences
 * Δt = t_post − t_pre from −range to +range.
 *
 * Each pair has a layer of one synapse to itself, seen from its first spike, with the rule's first state, to `after` behind its
 * second: no value depends on the range or on other points. What the rule asks of the weight in each step is summed as it is,
 * scaled and bounded as the rule says: a change of 10⁻⁹ is read as exactly as one of 0.1. Time goes in the rule's own steps, of
 * rules without one in steps of 1 ms. Delays and voltages are left to the rule: no delay, and what it takes the voltage for.
 *
 * @param rule    any rule, on any topology with an example: there one synapse of a small layer is watched. Rules by winners, which are functions of whole stimuli, have no window.
 * @param range   largest |Δt|, ms. Default 100.
 * @param dt      distance of two points, ms: whole steps of the rule. Default: its step, or as many as leave about
 *                a thousand points.
 * @param w0      weight before the pair, within the bounds of rules that hold weights there; of rules that learn delays, the
 *                delay in ms. Default 0.5.
 * @param reward  of rules that learn from one. Default 1.
 * @param rewardIn  `'everyStep'`, or the `'lastStep'` alone, for rules that remember a whole stimulus. Default `'everyStep'`.
 * @param after   how long each synapse is watched when the last spike has fallen, ms: rules whose eligibility lasts go on
 *                learning. Default 0.
 * @returns the differences in ms, and Δw of each.
 * @throws {StdpError} when it is no rule, its topology has no example to try it on, an option is unknown or out of range, dt is not whole
 *                     steps of the rule, or the work would be too much (50 000 steps of the rule, 200 000 of all pairs,
 *                     10⁷ values at once).
 * @example
 * const rule = pairStdp({ tauPre: 20, tauPost: 20, etaPlus: 0.1, etaMinus: 0.1, integration: 'exact' });
 * const { times, changes } = await stdpWindow(rule, { range: 20 });
 * [times[40], changes[40]];   // => [20, 0.1 * Math.exp(-1)]
 */
export async function stdpWindow<State>(
  rule: Rule<State>,
  options: StdpWindowOptions = {},
  ...more: readonly never[]
): Promise<{ readonly times: Float32Array; readonly changes: Float32Array }> {
  const where = 'stdpWindow';
  nothingMore(more, where, 'stdpWindow(rule, options)');
  checkRule(rule, where);
  const { range, dt, w0, reward, rewardIn, after } = orThrow(
    validateParams<WholeOptions>(where, defaults as WholeOptions, options, checks, 'options'),
  );
  const { wMin, wMax, hardBound } = rule.update;
  const inside = !hardBound || (areOrdered(wMin, w0, true) && areOrdered(w0, wMax, true));
  ensure(inside, where, 'w0', () => `must lie within the bounds of the rule, ${show(wMin)} to ${show(wMax)}, got ${w0}`);
  ensureBackend(where);
  const isDense = rule.topology.type === 'dense';
  const synapse = isDense ? aloneInItsLayer : await synapseOf(rule.topology, where);
  const { differences, afterSteps, step } = windowSteps(rule, { range, dt, after }, isDense ? undefined : synapse.shapes);
  const paid = rule.reads.includes('reward') ? (reward ?? 1) : reward;
  const changes = await changesOfPairs(rule, synapse, differences, {
    w0,
    afterSteps,
    ...(paid !== undefined && { reward: paid, rewardIn }),
  });
  return { times: Float32Array.from(differences, (difference) => difference * step), changes };
}

/** Options, complete. */
interface WholeOptions {
  readonly range: number;
  readonly dt: number | undefined;
  readonly w0: number;
  readonly reward: number | undefined;
  readonly rewardIn: 'everyStep' | 'lastStep';
  readonly after: number;
}

function checkRule(rule: unknown, where: string): void {
  const isRule = isRecord(rule) && typeof rule['delta'] === 'function' && typeof rule['init'] === 'function';
  const problem = () =>
    typeof rule === 'function'
      ? 'must be a rule, such as pairStdp(), got a function; rules by winners have no window'
      : `must be a rule, such as pairStdp(), got ${show(rule)}`;
  ensure(isRule, where, 'rule', problem);
}

/**
 * What the rule asks of the weight of a synapse that is alone in its layer, for a pair of spikes, from the first to `afterSteps`
 * behind the second, one pair for each difference.
 *
 * @param synapse      which it is, where the layer is not dense.
 * @param differences  t_post − t_pre in steps, rising.
 * @returns the changes, apart from the weights: no rounding of w₀ + Δw is in them.
 */
async function changesOfPairs<State>(
  rule: Rule<State>,
  synapse: OneSynapse,
  differences: readonly number[],
  view: PairedSpikes,
): Promise<Float32Array> {
  const inOneLayer = rule.topology.type === 'dense' && hasSeparateSynapses(rule);
  const changes = inOneLayer
    ? changesOfPairsInOneLayer(rule, differences, view)
    : changesOfPairsAlone(rule, synapse, differences, view);
  const values = new Float32Array(await changes.data<'float32'>());
  changes.dispose();
  return values;
}
