import { nonNegativeScalar, positiveScalar } from '../../core/params/validation.js';
import { ensureAt, type Place, valueAt } from './place.js';

/** As many steps as a time is, or undefined where it is no whole number of them (to 1e-9 of one, or of its number). */
export function wholeSteps(time: number, dt: number): number | undefined {
  const steps = Math.round(time / dt);
  return Math.abs(time / dt - steps) <= 1e-9 * Math.max(1, steps) && steps <= 2 ** 31 - 1 ? steps : undefined;
}

/** A time ≥ 0 that is a whole number of steps. */
export function stepsAt(time: unknown, dt: number, place: Place): number {
  const given = valueAt(nonNegativeScalar, time, place);
  const steps = wholeSteps(given, dt);
  ensureAt(steps !== undefined, place, () => `${given} ms is no whole number of steps of ${dt} ms`);
  return steps;
}

/** A period: at least one step. */
export function periodAt(time: unknown, dt: number, place: Place): number {
  valueAt(positiveScalar, time, place);
  const steps = stepsAt(time, dt, place);
  ensureAt(steps > 0, place, () => `${time} ms is less than a step of ${dt} ms`);
  return steps;
}
