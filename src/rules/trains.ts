import type * as tf from '@tensorflow/tfjs-core';
import { sliceAt } from '../core/scan.js';
import { toFloat } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import type { CallNames, CheckedInput, RuleInput } from './ruleInput.js';

/** Inputs of many steps. */
interface Train {
  /** The input at the first step, to be checked for all. */
  readonly first: RuleInput;
  /** That of all steps: tensors with a leading axis of time; a reward may be one number. */
  readonly whole: Omit<CheckedInput, 'w' | 'batched'>;
}

/** A train of at least one step; `undefined` where something has no axis of time or is shorter. */
export function trainOf(input: RuleInput, { where, pre, post }: CallNames): Train | undefined {
  if (!isRecord(input)) return undefined;
  const optional = (name: 'reward' | 'delay' | 'voltage'): tf.Tensor | undefined =>
    input[name] === undefined ? undefined : toFloat(input[name], where, name);
  const reward = typeof input.reward === 'number' ? input.reward : optional('reward');
  const whole = {
    ...{ pre: toFloat(input.pre, where, pre), post: toFloat(input.post, where, post) },
    ...{ reward, delay: optional('delay'), voltage: optional('voltage') },
  };
  const trains = Object.entries(whole).filter((entry): entry is [string, tf.Tensor] => typeof entry[1] === 'object');
  const [steps = 0] = whole.pre.shape;
  if (steps === 0 || trains.some(([, { shape }]) => shape[0] !== steps)) return undefined;
  const first = Object.fromEntries(trains.map(([name, train]) => [name, sliceAt(train, 0)]));
  return { first: { ...input, ...first }, whole };
}
