import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import type { SupervisedStdpParams } from './supervisedParams.js';

/** When the output neurons fired first, one class after the other. */
export interface FirstSpikes {
  /** Infinity, or `tMax` and more, where a neuron never did. */
  readonly times: ArrayLike<number>;
  /** Potentials at that time, in the end where it never fired: they decide between neurons of one time. Without them the first does. */
  readonly potentials?: ArrayLike<number> | undefined;
}

/** First spikes as plain numbers, none later than `tMax`. @throws {StdpError} that tells what is wrong of them or of the label. */
export function checkedSpikes(
  given: FirstSpikes,
  label: number,
  neurons: number,
  { tMax, perClass }: SupervisedStdpParams,
  where: string,
): { readonly times: readonly number[]; readonly potentials: readonly number[] } {
  ensure(isRecord(given), where, 'post', () => `must be a record { times, potentials }, got ${show(given)}`);
  const numbers = (values: unknown, name: string): readonly number[] => {
    const list = ArrayBuffer.isView(values) ? Array.from(values as Float32Array) : values;
    const problem = () => `must be numbers of ${neurons} neurons, got ${show(values)}`;
    const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value);
    ensure(isListOf(list, isNumber) && list.length === neurons, where, name, problem);
    return list as readonly number[];
  };
  const whole = neurons % perClass === 0;
  ensure(whole, where, 'perClass', () => `must divide the number of neurons, ${neurons}, got ${perClass}`);
  ensureIs(integerFrom(0, neurons / perClass - 1), label, where, 'label');
  return {
    times: numbers(given.times, 'post.times').map((time) => Math.min(time, tMax)),
    potentials:
      given.potentials === undefined ? new Array<number>(neurons).fill(0) : numbers(given.potentials, 'post.potentials'),
  };
}

/** The first to fire of neurons `from` … `to − 1`, of several the one with the highest potential. */
export function firstToFire(
  { times, potentials }: { readonly times: readonly number[]; readonly potentials: readonly number[] },
  from: number,
  to: number,
): number {
  let best = from;
  for (let neuron = from + 1; neuron < to; neuron++) {
    const sooner = at(times, neuron) - at(times, best);
    if (sooner < 0 || (sooner === 0 && at(potentials, neuron) > at(potentials, best))) best = neuron;
  }
  return best;
}
