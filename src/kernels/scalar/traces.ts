import type { Kernels } from '../module/binary.js';
import type { Heap } from './heap.js';

const { fround } = Math;

/** assembly/traces.ts in plain float32 arithmetic. */
export const scalarTraces = (heap: Heap): Pick<Kernels, 'traceStep'> => ({
  traceStep: (count, trace, spikes, out, decay, height, nearest) => {
    const { floats } = heap;
    const [d, h] = [fround(decay), fround(height)];
    for (let i = 0; i < count; i++) {
      const z = floats[spikes / 4 + i] ?? 0;
      const kept = nearest && z !== 0 ? 0 : fround((floats[trace / 4 + i] ?? 0) * d);
      floats[out / 4 + i] = fround(kept + fround(z * h));
    }
  },
});
