import type { Rule } from './rule.js';

/** The state that a delta of separate synapses starts from, by that delta: in a copy with another of either they may not be so. */
const initOfDelta = new WeakMap<object, unknown>();

/**
 * Notes that each synapse of a rule on a dense layer learns from its own two neurons alone, and that nothing happens before their
 * first spike: many synapses of one layer do then what each would do by itself.
 */
export function withSeparateSynapses<State>(rule: Rule<State>): Rule<State> {
  initOfDelta.set(rule.delta, rule.init);
  return rule;
}

/** Whether that was noted, and no function of a whole layer's weights or changes is in the update. */
export const hasSeparateSynapses = <State>({ delta, init, update }: Rule<State>): boolean =>
  initOfDelta.get(delta) === init && ![update.batchReduction, update.weightDependence].some((part) => typeof part === 'function');
