import { integerAt } from '../core/at.js';
import type { CircuitState } from './circuitState.js';

/** Windows in which the spikes of populations are counted. */
export interface RateWindows {
  /** The places of the populations in the circuit. */
  readonly of: readonly number[];
  /** Steps. */
  readonly every: number;
}

/** Spikes of each population that a window has counted, and the step since which it did. */
export interface OpenWindow {
  readonly spikes: Int32Array;
  readonly since: number;
}

/** The window that a state has begun; a new one where it has none, or one of other populations or another length. */
export function openWindow(windows: CircuitState['windows'], { of, every }: RateWindows, step: number): OpenWindow {
  const { spikes, window } = windows['rates'] ?? {};
  const form = [every, ...of];
  const isSame =
    spikes instanceof Int32Array &&
    window instanceof Int32Array &&
    spikes.length === of.length &&
    window.length === form.length + 1 &&
    form.every((entry, index) => entry === window[index + 1]);
  return isSame ? { spikes, since: integerAt(window, 0) } : { spikes: new Int32Array(of.length), since: step };
}

/** A window as a state holds it. */
export const keptWindow = ({ of, every }: RateWindows, { spikes, since }: OpenWindow): CircuitState['windows'] => ({
  rates: { spikes, window: Int32Array.of(since, every, ...of) },
});

/** Whether a window that ends after so many steps was counted from its beginning: one that wasn't is not recorded. */
export const isWhole = (done: number, { every }: RateWindows, { since }: OpenWindow): boolean => done - every >= since;
