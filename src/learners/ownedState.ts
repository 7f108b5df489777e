import * as tf from '@tensorflow/tfjs-core';
import { tensorsOf } from '../core/trees.js';

/**
 * Hands the state of a stateful object on: the tensors of `next` outlive any `tf.tidy` around the caller, those of
 * `previous` are let go.
 *
 * @returns `next`.
 */
export function replaceState<S>(previous: unknown, next: S): S {
  for (const tensor of tensorsOf(next)) tf.keep(tensor);
  disposeState(previous);
  return next;
}

/** Lets go of all tensors of a state. */
export const disposeState = (state: unknown): void => tf.dispose([...tensorsOf(state)]);
