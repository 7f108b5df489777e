import type { Kernels } from '../../module/binary.js';
import type { Heap } from '../heap.js';
import { blocksOf, type ScalarField, sizesOf, timeAt } from './field.js';
import { potentialsAt, viewed } from './views.js';

const { ceil, floor, fround, max, min } = Math;

type Spikes = 'everSpikes' | 'everSpikesWords' | 'firstSpikes' | 'firstSpikesWords';

/** assembly/latency/firstSpikes.ts and everSpikes.ts, one neuron at a time. */
export function scalarSpikes(heap: Heap, field: ScalarField): Pick<Kernels, Spikes> {
  /** Lowers the byte of the square that a neuron is in. */
  const pool = (out: number, size: number, output: number, map: number, time: number): void => {
    const { columns } = sizesOf(field);
    const square = floor(floor(output / columns) / size) * ceil(columns / size) + floor((output % columns) / size);
    const at = out + square * field.maps + map;
    heap.bytes[at] = min(heap.bytes[at] ?? 0, time);
  };
  const clear = (out: number, size: number, never: number): void => {
    const { rows, columns } = sizesOf(field);
    heap.bytes.fill(never, out, out + ceil(rows / size) * ceil(columns / size) * field.maps);
  };
  return {
    everSpikesWords: () => 0,
    everSpikes: (views, sums, threshold, size, out) => {
      const { rows, columns } = sizesOf(field);
      clear(out, size, 255);
      for (let output = 0; output < rows * columns; output++) {
        const potentials = potentialsAt(heap, field, views, sums, output);
        for (let map = 0; map < field.maps; map++)
          if ((potentials[map] ?? 0) > fround(threshold)) pool(out, size, output, map, 0);
      }
    },
    firstSpikesWords: () => 0,
    firstSpikes: (views, weights, threshold, fewest, steps, size, out) => {
      const { rows, columns, filled } = sizesOf(field);
      clear(out, size, steps);
      for (let output = 0; output < rows * columns; output++) {
        const seen = sightingsAt(heap, field, views, floor(output / columns), output % columns);
        const from = seen[fewest - 1];
        if (from === undefined) continue;
        for (const [first, width] of blocksOf(filled)) {
          const block = weights / 4 + first * field.channels * field.side ** 2;
          for (let map = 0; map < min(width, field.maps - first); map++) {
            let potential = 0;
            const crossing = seen.find(({ tap }) => {
              potential = fround(potential + (heap.floats[block + tap * width + map] ?? 0));
              return potential > fround(threshold);
            });
            if (crossing !== undefined) pool(out, size, output, first + map, max(crossing.time, from.time));
          }
        }
      }
    },
  };
}

/** What an output sees in the order of time, then of places. */
function sightingsAt(heap: Heap, field: ScalarField, views: number, row: number, column: number) {
  const { steps, times } = viewed(heap, views);
  const seen: { readonly time: number; readonly tap: number }[] = [];
  for (let y = 0; y < field.side; y++) {
    for (let x = 0; x < field.side; x++) {
      for (let channel = 0; channel < field.channels; channel++) {
        const time = timeAt(field, times, row, column, { y, x, channel }) ?? steps;
        if (time < steps) seen.push({ time, tap: (channel * field.side + y) * field.side + x });
      }
    }
  }
  return seen.sort((a, b) => a.time - b.time);
}
