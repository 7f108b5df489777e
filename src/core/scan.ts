import * as tf from '@tensorflow/tfjs-core';
import { ensure } from './errors.js';
import { mapTensors, tensorsOf, tidily, toFloat } from './tensors.js';

/** Stacks that have absorbed 2^level values each: the binary counter that keeps live tensors at O(log T). */
type Stack = { readonly size: number; readonly tree: unknown };

/** Where a step keeps its way to take a whole series at once, see {@link SeriesStep}. */
export const wholeSeries: unique symbol = Symbol('wholeSeries');

/**
 * A step that may know a faster way through a whole series than step by step, with the same result. `wholeSeries` answers
 * `undefined` where that way isn't open, and {@link scan} goes step by step.
 */
export interface SeriesStep<Carry, Xs, Y> {
  (carry: Carry, x: Xs): readonly [Carry, Y];
  readonly [wholeSeries]?: (init: Carry, xs: Xs) => readonly [Carry, Y] | undefined;
}

/**
 * Threads a carry through time, as `jax.lax.scan`: `[carry, y] = step(carry, x[t])` for t = 0 … T − 1.
 *
 * Each step is tidied: apart from its carry and its y nothing stays. With `y = null` the number of live tensors does
 * not depend on T at all; with tensors as y it grows by log₂ T while they are gathered. Inputs are never disposed, nor
 * is `init`. `tf.grads` goes through it.
 *
 * @param step  pure function of the carry and of the slice of `xs` at one time step.
 * @param init  first carry: a tensor, or arrays and records of tensors.
 * @param xs    tensors that share a leading time axis T: one tensor, or arrays and records of them.
 * @returns the last carry (fresh tensors), and the ys stacked along a new leading axis T (`null` where step gave none,
 *          and when T = 0: without a step nothing tells their shape).
 * @throws {StdpError} when xs holds no tensor or the leading axes differ.
 * @example
 * const [total, sums] = scan((sum, x) => [tf.add(sum, x), tf.add(sum, x)], tf.fill([], 0), tf.tensor1d([1, 2, 3]));
 * total.print();   // => 6
 * sums.print();    // => [1, 3, 6]
 */
export function scan<const Carry, const Xs, Y>(step: SeriesStep<Carry, Xs, Y>, init: Carry, xs: Xs): [Carry, Y] {
  const series = tensorsOf(xs);
  const owned = xs instanceof tf.Tensor || series.length > 0 ? xs : (toFloat(xs as tf.TensorLike, 'scan', 'xs') as Xs);
  const steps = tensorsOf(owned)[0]?.shape[0];
  ensure(steps !== undefined, 'scan', 'xs', () => 'needs at least one tensor with a leading time axis');
  for (const x of series)
    ensure(x.shape[0] === steps, 'scan', 'xs', () => `has leading axes ${steps} and ${x.shape[0]}, which must agree`);

  const whole = tidily(() => step[wholeSeries]?.(init, xs));
  if (whole !== undefined) return [...whole];
  let carry = tidily(() => mapTensors(init, (tensor) => tf.clone(tensor)));
  let stacks: readonly Stack[] = [];
  try {
    for (let time = 0; time < steps; time++) {
      const [next, y] = tidily(() => {
        const [nextCarry, output] = step(
          carry,
          mapTensors(owned, (x) => sliceAt(x, time)),
        );
        return [
          mapTensors(nextCarry, (tensor) => tf.clone(tensor)),
          mapTensors(output, (tensor) => tf.expandDims(tensor, 0)),
        ] as const;
      });
      tf.dispose([...tensorsOf(carry)]);
      carry = next;
      stacks = push(stacks, { size: 1, tree: y });
    }
  } catch (reason) {
    tf.dispose([...tensorsOf(carry), ...stacks.flatMap(({ tree }) => tensorsOf(tree))]);
    throw reason;
  } finally {
    if (owned !== xs) tf.dispose([...tensorsOf(owned)]);
  }
  while (stacks.length > 1) stacks = mergeLast(stacks);
  return [carry, (stacks[0]?.tree ?? null) as Y];
}

const sliceAt = (x: tf.Tensor, time: number): tf.Tensor =>
  tf.reshape(tf.slice(x, [time, ...x.shape.slice(1).map(() => 0)], [1, ...x.shape.slice(1)]), x.shape.slice(1));

function push(stacks: readonly Stack[], value: Stack): readonly Stack[] {
  let result: readonly Stack[] = [...stacks, value];
  while (result.length > 1 && result.at(-2)?.size === result.at(-1)?.size) result = mergeLast(result);
  return result;
}

function mergeLast(stacks: readonly Stack[]): readonly Stack[] {
  const [first, second] = stacks.slice(-2);
  if (first === undefined || second === undefined) return stacks;
  const later = tensorsOf(second.tree);
  const earlier = tensorsOf(first.tree);
  let index = 0;
  const tree = mapTensors(first.tree, (tensor) => tf.concat([tensor, later[index++] ?? tensor], 0));
  tf.dispose([...earlier, ...later]);
  return [...stacks.slice(0, -2), { size: first.size + second.size, tree }];
}
