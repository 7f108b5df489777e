import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { show } from '../core/show.js';
import { isRecord, tensorsOf } from '../core/trees.js';
import type { StepOptions } from './rule.js';

/** Whether a step is given the weights and the state to keep. @throws {StdpError} when an option isn't known. */
export function isDonated(where: string, options: unknown): boolean {
  if (options === undefined) return false;
  ensure(isRecord(options), where, 'options', () => `must be a record, got ${show(options)}`);
  for (const name in options) ensure(name === 'donate', where, `options.${name}`, () => 'is not an option; known is donate');
  const { donate = false } = options as StepOptions;
  ensure(typeof donate === 'boolean', where, 'options.donate', () => `must be true or false, got ${show(donate)}`);
  return donate;
}

/** Disposes what was given away, but for what the result still uses. */
export function disposeBut(result: readonly [tf.Tensor, unknown], w: unknown, state: unknown): void {
  const kept = new Set(tensorsOf(result));
  for (const tensor of [...tensorsOf(w), ...tensorsOf(state)]) if (!kept.has(tensor)) tensor.dispose();
}
