import * as tf from '@tensorflow/tfjs-core';
import { left, mapLeft } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { ensure } from '../../core/errors.js';
import { needed, type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import {
  aFunction,
  type Check,
  either,
  ensureIs,
  nothingMore,
  oneOf,
  positive,
  rate,
  timeConstant,
} from '../../core/params/validation.js';
import { show, showShape } from '../../core/show.js';
import { asTensor, broadcastShape, sameShape, tidily, toFloat } from '../../core/tensors.js';
import { isRecord } from '../../core/trees.js';
import { ofFunction } from '../../updates/ofFunction.js';

/** The kernels that can be given by name, see {@link NamedKernel}. */
export const kernelNames = [
  'exponential',
  'alpha',
  'doubleExponential',
  'gaussian',
  'mexicanHat',
  'linear',
  'constant',
  'powerLaw',
] as const;

const fields = {
  /** Name of the kernel. */
  kernel: needed(oneOf(...kernelNames)),
  /** Size of the change, signed: positive raises, negative lowers. Dimensionless (ms where delays learn). */
  eta: needed(rate),
  /** Width, ms. */
  tau: needed(timeConstant),
};

const shapeFields = {
  /** Time constant of the rise of `doubleExponential`, ms. Default 5. */
  tauRise: param(5, positive),
  /** Exponent of `powerLaw`, > 0. Default 1. */
  exponent: param(1, positive),
};

/**
 * Half of an STDP window as plain JSON: the change that a pair `x = |Δ|` ms apart makes, on its own side of Δ = 0.
 *
 * | kernel | change | known from |
 * |---|---|---|
 * | `exponential` | η·e^(−x/τ) | Song, Miller and Abbott 2000; Inferno |
 * | `alpha` | η·(x/τ)·e^(1−x/τ), largest (η) at x = τ | Gerstner et al. 1996 |
 * | `doubleExponential` | η·(e^(−x/τ) − e^(−x/tauRise)) | windows with a rise |
 * | `gaussian` | η·e^(−x²/2τ²) | symmetric windows |
 * | `mexicanHat` | η·(1 − x²/τ²)·e^(−x²/2τ²), changes sign at x = τ | symmetric windows with flanks |
 * | `linear` | η·max(0, 1 − x/τ), the triangle | hardware |
 * | `constant` | η where x ≤ τ, the rectangle | hardware |
 * | `powerLaw` | η·(1 + x/τ)^(−exponent) | heavy tails |
 */
export interface NamedKernel extends ParamsOf<typeof fields>, Partial<ParamsOf<typeof shapeFields>> {}

const schema = paramsSchema<Required<NamedKernel>>('kernel', { ...fields, ...shapeFields });

/**
 * Half of an STDP window: by name, or a function from `Δ = tPost − tPre` (ms, both signs, any shape) to the change, which
 * masks its own side if it wants to. The function form can't be stored as JSON.
 */
export type StdpKernel = NamedKernel | ((difference: tf.Tensor) => tf.Tensor);

/** Which half: `'post'` acts where Δ ≥ 0 (post after pre, or together), `'pre'` where Δ < 0. */
export type KernelSide = 'post' | 'pre';

/**
 * The change that each difference of spike times makes.
 *
 * @param kernel      see {@link StdpKernel}.
 * @param difference  Δ = tPost − tPre, ms, finite.
 * @param side        the half of the window that a kernel by name stands for; a function sees to that itself.
 * @returns the signed change, the shape of `difference`.
 *
 * Source: Inferno `exp_stdp_post_kernel`, `exp_stdp_pre_kernel`.
 *
 * @example
 * const differences = tf.tensor1d([-5, 0, 5, 20]);
 * stdpKernel({ kernel: 'linear', eta: 0.5, tau: 10 }, differences, 'post').print();   // => [0, 0.5, 0.25, 0]
 * stdpKernel({ kernel: 'linear', eta: 0.5, tau: 10 }, differences, 'pre').print();    // => [0.25, 0, 0, 0]
 */
export function stdpKernel(kernel: StdpKernel, difference: tf.Tensor, side: KernelSide, ...more: readonly never[]): tf.Tensor {
  const where = 'stdpKernel';
  nothingMore(more, where, 'stdpKernel(kernel, difference, side)');
  ensureIs(aKernel, kernel, where, 'kernel');
  ensureIs(oneOf('pre', 'post'), side, where, 'side');
  return tidily(() => {
    const differences = toFloat(difference, where, 'difference');
    for (const [name, value] of Object.entries(kernel)) {
      const meets = !(value instanceof tf.Tensor) || broadcastShape(value.shape, differences.shape) !== undefined;
      ensure(
        meets,
        where,
        `kernel.${name}`,
        () => `has shape ${showShape(value.shape)}, difference ${showShape(differences.shape)}`,
      );
    }
    const change = changeAt(kernel, differences, side);
    const kept = change instanceof tf.Tensor && sameShape(change.shape, differences.shape);
    ensure(kept, where, 'kernel', () => `must give a tensor ${showShape(differences.shape)}, got ${show(change)}`);
    return change;
  });
}

/** The same for those whose kernel and differences were checked. */
export function changeAt(
  kernel: StdpKernel,
  difference: tf.Tensor,
  side: KernelSide,
  name: readonly [where: string, argument: string] = ['stdpKernel', 'kernel'],
): tf.Tensor {
  if (typeof kernel === 'function') return tidily(() => ofFunction(kernel(difference), difference.shape, ...name));
  return tidily(() => {
    const before = tf.step(tf.neg(difference));
    const onSide = side === 'pre' ? before : tf.sub(1, before);
    return tf.mul(tf.mul(shapeOf(kernel, tf.abs(difference)), onSide), asTensor(kernel.eta));
  });
}

/** A kernel of size 1 at the distance `x` ≥ 0. */
function shapeOf({ kernel, tau, tauRise = 5, exponent = 1 }: NamedKernel, x: tf.Tensor): tf.Tensor {
  const scaled = tf.div(x, asTensor(tau));
  const decay = () => tf.exp(tf.neg(scaled));
  const bell = () => tf.exp(tf.mul(-0.5, tf.square(scaled)));
  const shapes: { readonly [name in NamedKernel['kernel']]: () => tf.Tensor } = {
    exponential: decay,
    alpha: () => tf.mul(scaled, tf.exp(tf.sub(1, scaled))),
    doubleExponential: () => tf.sub(decay(), tf.exp(tf.neg(tf.div(x, asTensor(tauRise))))),
    gaussian: bell,
    mexicanHat: () => tf.mul(tf.sub(1, tf.square(scaled)), bell()),
    linear: () => tf.relu(tf.sub(1, scaled)),
    constant: () => tf.sub(1, tf.step(tf.sub(scaled, 1))),
    powerLaw: () => tf.pow(tf.add(1, scaled), tf.neg(asTensor(exponent))),
  };
  return shapes[kernel]();
}

const isNamedKernel: Check<NamedKernel> = (value) => {
  const expected = `{ kernel: ${kernelNames.map((name) => `'${name}'`).join(' | ')}, eta, tau }`;
  if (!isRecord(value) || ['kernel', 'eta', 'tau'].some((name) => value[name] === undefined)) return left(expected);
  return pipe(
    schema.validate(value),
    mapLeft(({ message }) => `${expected} (${message})`),
  );
};

/** A kernel by name with its parameters, or a function. */
export const aKernel: Check<StdpKernel> = either(isNamedKernel, aFunction<(difference: tf.Tensor) => tf.Tensor>);
