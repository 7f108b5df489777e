import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { tensorsOf } from '../../core/trees.js';

/**
 * The state of a stateful object. Its tensors outlive any `tf.tidy` around the caller; they are let go when others take their place,
 * and when the object is disposed, after which there is no state any more.
 */
export class Owned<S extends object> {
  readonly #where: string;
  #state: S | undefined;

  /** @param where  the class, as messages name it. */
  constructor(where: string, first: S) {
    this.#where = where;
    this.#state = kept(first);
  }

  /** The state as it is now. @throws {StdpError} when it was disposed. */
  get now(): S {
    const state = this.#state;
    ensure(state !== undefined, this.#where, 'the object', () => 'was disposed: make a new one');
    return state;
  }

  /** Puts another state in the place of the one that is; they may share tensors. */
  replace(next: S): void {
    const old = tensorsOf(this.now);
    const mine = new Set(tensorsOf(kept(next)));
    this.#state = next;
    tf.dispose(old.filter((tensor) => !mine.has(tensor)));
  }

  /** Lets go of all tensors. */
  dispose(): void {
    tf.dispose([...tensorsOf(this.#state)]);
    this.#state = undefined;
  }
}

function kept<S>(state: S): S {
  for (const tensor of tensorsOf(state)) tf.keep(tensor);
  return state;
}
