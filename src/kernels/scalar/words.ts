import type { Kernels } from '../wasm/binary.js';
import type { Heap } from './heap.js';

const { fround } = Math;

/** assembly/lanes.ts and assembly/spikes.ts, what of them is called from outside. */
export const scalarWords = (heap: Heap): Pick<Kernels, 'clampAll' | 'copy' | 'countSpikes' | 'fill' | 'zero'> => ({
  clampAll: (count, values, out, low, high) => {
    const { floats } = heap;
    const [least, most] = [fround(low), fround(high)];
    for (let i = 0; i < count; i++) {
      const value = floats[values / 4 + i] ?? 0;
      const raised = value < least ? least : value;
      floats[out / 4 + i] = most < raised ? most : raised;
    }
  },
  copy: (count, values, out) => {
    heap.floats.copyWithin(out / 4, values / 4, values / 4 + count);
  },
  countSpikes: (count, values) =>
    heap.floats.subarray(values / 4, values / 4 + count).reduce((total, value) => total + (value === 0 ? 0 : 1), 0),
  fill: (count, out, value) => {
    heap.floats.fill(value, out / 4, out / 4 + count);
  },
  zero: (count, out) => {
    heap.floats.fill(0, out / 4, out / 4 + count);
  },
});
