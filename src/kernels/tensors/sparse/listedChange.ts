import { floatsOf } from '../../module/kernelModule.js';
import type { RuleKernels } from '../../module/ruleKernels.js';

/** Synapses that are changed at a time. */
const most = 256;

/** Bytes of scratch that a {@link listedChange} takes. */
export const listedBytes = 3 * 4 * most;

/** Which synapse each of those at a time is. */
const places = new Int32Array(most);

/** A change of synapses here and there. */
export interface ListedChange {
  /** The sums of products of one synapse. */
  readonly add: (synapse: number, plus: number, minus: number) => void;
  /** Does what hasn't been done yet. */
  readonly finish: () => void;
}

/** w' = changed(w, plus, minus) for synapses as they come, from `w` to `out`: they are collected, and change many at a time. */
export function listedChange(kernels: RuleKernels, w: number, out: number, scratch: number): ListedChange {
  const floats = floatsOf(kernels);
  const [from, to, own] = [w >>> 2, out >>> 2, scratch >>> 2];
  let count = 0;
  const finish = (): void => {
    kernels.changeAll(count, scratch, scratch, scratch + 4 * most, scratch + 8 * most, 1, 1);
    for (let index = 0; index < count; index++) floats[to + (places[index] ?? 0)] = floats[own + index] ?? 0;
    count = 0;
  };
  return {
    add: (synapse, plus, minus) => {
      places[count] = synapse;
      floats[own + count] = floats[from + synapse] ?? 0;
      floats[own + most + count] = plus;
      floats[own + 2 * most + count] = minus;
      if (++count === most) finish();
    },
    finish,
  };
}
