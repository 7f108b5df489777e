import type { Kernels } from '../module/binary.js';
import type { Heap } from './heap.js';

const { fround } = Math;

/** assembly/neurons.ts: leaky integrate-and-fire neurons. */
export function scalarNeurons(heap: Heap): Pick<Kernels, 'fireStep' | 'setNeurons'> {
  let [decay, gain, synapse, leak, threshold, reset] = [0, 0, 0, 0, 0, 0];
  return {
    setNeurons: (...given) => {
      [decay, gain, synapse, leak, threshold, reset] = given.map(fround) as typeof given;
    },
    fireStep: (count, inputs, v, i, inhibition, spikes, out) => {
      const { floats } = heap;
      const strength = fround(inhibition);
      const total = floats.subarray(spikes / 4, spikes / 4 + count).reduce((sum, z) => fround(sum + z), 0);
      for (let n = 0; n < count; n++) {
        const own = floats[spikes / 4 + n] ?? 0;
        const current = floats[inputs / 4 + n] ?? 0;
        const net = strength === 0 ? current : fround(current - fround(strength * fround(total - own)));
        const jumped = fround((floats[i / 4 + n] ?? 0) + net);
        const pull = fround(fround(jumped + leak) * gain);
        const u = fround(fround((floats[v / 4 + n] ?? 0) * decay) + pull);
        const fired = fround(u - threshold) > 0;
        floats[out / 4 + n] = fired ? 1 : 0;
        floats[v / 4 + n] = fired ? reset : u;
        floats[i / 4 + n] = fround(jumped * synapse);
      }
    },
  };
}

/** assembly/scanLayer.ts, step by step. */
export const scalarScanLayer = (
  heap: Heap,
  { traceStep, applyOne, fireStep }: Pick<Kernels, 'traceStep' | 'applyOne' | 'fireStep'>,
): Pick<Kernels, 'scanLayer' | 'scanLayerWords'> => ({
  scanLayerWords: (rows, columns) => rows + 2 * columns,
  scanLayer: (steps, rows, columns, w, tPre, tPost, v, i, spikes, inhibition, preTrain, out, ...traces) => {
    const [preDecay, preHeight, postDecay, postHeight, nearest, presentPre, presentPost, scratch] = traces;
    const [preBefore, postBefore, currents] = [scratch, scratch + 4 * rows, scratch + 4 * (rows + columns)];
    for (let time = 0; time < steps; time++) {
      const [pre, post] = [preTrain + 4 * time * rows, out + 4 * time * columns];
      addRows(heap, rows, columns, w, pre, currents);
      fireStep(columns, currents, v, i, inhibition, time === 0 ? spikes : post - 4 * columns, post);
      if (!presentPre) traceStep(rows, tPre, pre, preBefore, preDecay, 0, false);
      if (!presentPost) traceStep(columns, tPost, post, postBefore, postDecay, 0, false);
      traceStep(rows, tPre, pre, tPre, preDecay, preHeight, nearest);
      traceStep(columns, tPost, post, tPost, postDecay, postHeight, nearest);
      applyOne(rows, columns, w, w, presentPre ? tPre : preBefore, post, pre, presentPost ? tPost : postBefore, 0);
    }
  },
});

/** currents = Σ over active inputs of z · row of w */
function addRows({ floats }: Heap, rows: number, columns: number, w: number, pre: number, currents: number): void {
  floats.fill(0, currents / 4, currents / 4 + columns);
  for (let row = 0; row < rows; row++) {
    const z = floats[pre / 4 + row] ?? 0;
    if (z === 0) continue;
    for (let n = 0; n < columns; n++) {
      const at = currents / 4 + n;
      floats[at] = fround((floats[at] ?? 0) + fround(z * (floats[w / 4 + row * columns + n] ?? 0)));
    }
  }
}
