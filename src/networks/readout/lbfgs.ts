import { at, doubleAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { aFunction, ensureIs, integerFrom, nonNegativeScalar, nothingMore, optional } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { aListener, aSignal, checkedOptions } from '../checked/options.js';
import type { Resumable } from '../checkpoints.js';
import { makeYield } from '../makeYield.js';

/** A smooth function with its gradient, evaluated asynchronously: on this thread or by several. */
export type Objective = (point: Float64Array) => Promise<{ readonly value: number; readonly gradient: Float64Array }>;

/** How the minimiser runs. */
export interface LbfgsOptions {
  /** Iterations, at most. */
  readonly iterations: number;
  /** Pairs of steps and gradient changes that are remembered. Default 10. */
  readonly memory?: number;
  /** Stop when an iteration lowers the value by less than this fraction. Default 1e-6. */
  readonly tolerance?: number;
  /** Called after each iteration. */
  readonly onIteration?: (iteration: number, value: number) => void;
  /** Stops early, at the best point so far. */
  readonly signal?: AbortSignal | undefined;
}

/** How far the minimiser has come. */
export interface LbfgsState {
  readonly iteration: number;
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Pairs of a step and the change of the gradient on it, the latest last. */
  readonly pairs: readonly CurvaturePair[];
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, index) => sum + value * doubleAt(b, index), 0);

const addScaled = (a: Float64Array, scale: number, b: Float64Array): Float64Array =>
  a.map((value, index) => value + scale * doubleAt(b, index));

/** A step, the change of the gradient along it, and the curvature, their product. */
export interface CurvaturePair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/**
 * Minimises a smooth convex function by limited-memory BFGS with a backtracking line search (Nocedal and Wright 2006,
 * algorithms 7.4 and 3.1).
 *
 * @returns the last point and its value.
 * @throws {StdpError} when an option isn't known or out of range, the start isn't finite, or the objective gives no finite value and
 *   gradient there.
 * @example
 * const { point } = await minimize(
 *   async ([x = 0]) => ({ value: (x - 3) ** 2, gradient: Float64Array.of(2 * (x - 3)) }),
 *   Float64Array.of(0),
 *   { iterations: 20 },
 * );
 * point;   // => [3]
 */
export async function minimize(
  objective: Objective,
  start: Float64Array,
  options: LbfgsOptions,
  ...more: readonly never[]
): Promise<{ readonly point: Float64Array; readonly value: number }> {
  const where = 'minimize';
  nothingMore(more, where, 'minimize(objective, start, options)');
  ensureIs(aFunction, objective, where, 'objective');
  const given: unknown = start;
  const isStart = given instanceof Float64Array || (Array.isArray(given) && given.every((entry) => typeof entry === 'number'));
  ensure(isStart, where, 'start', () => `must be a Float64Array, got ${show(start)}`);
  const point = Float64Array.from(start);
  ensure(point.every(Number.isFinite), where, 'start', () => 'holds what is not finite');
  const checked = checkedOptions<LbfgsOptions>(options, where, {
    iterations: integerFrom(0),
    memory: optional(integerFrom(1)),
    tolerance: optional(nonNegativeScalar),
    onIteration: aListener,
    signal: aSignal,
  });
  return minimized(checkedObjective(objective, where), point, checked);
}

/** An objective whose answers are looked at. Far out, where a step was too long, it may be infinite. */
const checkedObjective =
  (objective: Objective, where: string): Objective =>
  async (point) => {
    const answer: Partial<Awaited<ReturnType<Objective>>> | undefined = await objective(point);
    const { value, gradient } = Object(answer) as Awaited<ReturnType<Objective>>;
    const isAnswer = typeof value === 'number' && !Number.isNaN(value) && gradient instanceof Float64Array;
    ensure(
      isAnswer,
      where,
      'objective',
      () => `must give { value, gradient }, a number and a Float64Array, gave ${show(answer)}`,
    );
    const fits = gradient.length === point.length && (value === Number.POSITIVE_INFINITY || gradient.every(Number.isFinite));
    ensure(
      fits,
      where,
      'objective',
      () => `must give ${point.length} finite numbers as gradient, gave ${show(Array.from(gradient))}`,
    );
    return { value, gradient };
  };

/** {@link minimize} of what has been checked. */
export async function minimized(
  objective: Objective,
  start: Float64Array,
  { iterations, memory = 10, tolerance = 1e-6, onIteration, signal, from, keeper }: LbfgsOptions & Resumable<LbfgsState>,
): Promise<{ readonly point: Float64Array; readonly value: number }> {
  let { iteration, point, value, gradient, pairs }: LbfgsState = from ?? {
    ...{ iteration: 0, point: start, pairs: [] },
    ...(await objective(start)),
  };
  const yieldToEventLoop = makeYield();
  for (iteration++; iteration <= iterations && !signal?.aborted; iteration++) {
    const direction = descent(gradient, pairs);
    const slope = dot(gradient, direction);
    if (slope >= 0) break;
    const found = await search(
      objective,
      point,
      value,
      direction,
      slope,
      pairs.length === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1,
    );
    if (found === undefined) break;
    const step = addScaled(found.point, -1, point);
    const change = addScaled(found.gradient, -1, gradient);
    const curvature = dot(step, change);
    if (curvature > 0) pairs = [...pairs, { step, change, curvature }].slice(-memory);
    const gain = value - found.value;
    ({ point, value, gradient } = found);
    onIteration?.(iteration, value);
    await yieldToEventLoop();
    if (gain < tolerance * Math.abs(value)) break;
    if (keeper?.due()) await keeper.keep({ iteration, point, value, gradient, pairs });
  }
  return { point, value };
}

/** Two-loop recursion: minus the approximate inverse Hessian times the gradient. */
function descent(gradient: Float64Array, pairs: readonly CurvaturePair[]): Float64Array {
  let direction = gradient;
  const weights: number[] = [];
  for (const { step, change, curvature } of [...pairs].reverse()) {
    const weight = dot(step, direction) / curvature;
    weights.unshift(weight);
    direction = addScaled(direction, -weight, change);
  }
  const latest = pairs.at(-1);
  const scale = latest === undefined ? 1 : latest.curvature / dot(latest.change, latest.change);
  direction = direction.map((value) => value * scale);
  pairs.forEach(({ step, change, curvature }, index) => {
    direction = addScaled(direction, at(weights, index) - dot(change, direction) / curvature, step);
  });
  return direction.map((value) => -value);
}

/** Halves the step until the value falls by enough (Armijo); `undefined` when it never does. */
async function search(
  objective: Objective,
  point: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
  first: number,
) {
  for (let halving = 0, size = first; halving < 20; halving++, size /= 2) {
    const next = addScaled(point, size, direction);
    const result = await objective(next);
    if (result.value <= value + 1e-4 * size * slope) return { point: next, ...result };
  }
  return undefined;
}
