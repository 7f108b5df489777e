import type { Kernels } from '../module/binary.js';
import type { Heap } from './heap.js';

const { fround } = Math;

/** assembly/lanes.ts and assembly/spikes.ts, what of them is called from outside. */
export const scalarWords = (heap: Heap): Pick<Kernels, 'clampAll' | 'copy' | 'estimateSpikes' | 'fill' | 'zero'> => ({
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
  estimateSpikes: (count, values) => {
    const { floats } = heap;
    const pace = 16 * Math.max(1, Math.floor(count / 16 / 64));
    let [total, seen] = [0, 0];
    const look = (from: number, to: number) => {
      for (let i = from; i < to; i++, seen++) total += floats[values / 4 + i] === 0 ? 0 : 1;
    };
    for (let i = 0; i + 16 <= count; i += pace) look(i, i + 16);
    look(count - (count % 16), count);
    return Math.floor((total * count) / Math.max(seen, 1));
  },
  fill: (count, out, value) => {
    heap.floats.fill(value, out / 4, out / 4 + count);
  },
  zero: (count, out) => {
    heap.floats.fill(0, out / 4, out / 4 + count);
  },
});
