import { segmentsOf } from '../../host/layouts.js';
import type { Kernels } from '../../module/binary.js';
import type { Heap } from '../heap.js';
import { blocksOf, type ScalarField, sizesOf, timeAt } from './field.js';

const { ceil, fround } = Math;

type Views = 'patterns' | 'viewAll' | 'viewsWords' | 'viewInTime' | 'timedViewsWords' | 'finalPotentials';

/** assembly/latency/views.ts, timedViews.ts and potentials.ts: a view is a copy of the spike times, its lists are made when needed. */
export function scalarViews(heap: Heap, field: ScalarField): Pick<Kernels, Views> {
  const inputs = () => field.height * field.width * field.channels;
  const view = (times: number, steps: number, views: number) => {
    heap.words[views / 4] = steps;
    heap.bytes.copyWithin(views + 4, times, times + inputs());
  };
  const viewsWords = () => 1 + ceil(inputs() / 4);
  return {
    patterns: () => patternsOf(field.side),
    viewAll: view,
    viewsWords,
    viewInTime: view,
    timedViewsWords: viewsWords,
    finalPotentials: (views, sums, out) => {
      const { rows, columns, filled } = sizesOf(field);
      for (let output = 0; output < rows * columns; output++)
        heap.floats.set(potentialsAt(heap, field, views, sums, output), out / 4 + output * filled);
    },
  };
}

const patternsOf = (side: number): number => segmentsOf(side).reduce((count, { taps }) => count + 2 ** taps, 0);

/** What a view holds. */
export const viewed = (heap: Heap, views: number): { readonly steps: number; readonly times: Uint8Array } => ({
  steps: heap.words[views / 4] ?? 0,
  times: heap.bytes.subarray(views + 4),
});

/** The potentials of all maps, filled, at an output: the sums of the patterns it sees, segment by segment. */
export function potentialsAt(heap: Heap, field: ScalarField, views: number, sums: number, output: number): Float32Array {
  const { columns, filled } = sizesOf(field);
  const { steps, times } = viewed(heap, views);
  const lines = linesAt(field, times, steps, Math.floor(output / columns), output % columns);
  const potentials = new Float32Array(filled);
  for (const [first, width] of blocksOf(filled)) {
    const block = sums / 4 + first * field.channels * field.side * patternsOf(field.side);
    for (let map = 0; map < width; map++)
      potentials[first + map] = lines.reduce((sum, line) => fround(sum + (heap.floats[block + line * width + map] ?? 0)), 0);
  }
  return potentials;
}

/** The lines of the table that an output sees. */
function linesAt(field: ScalarField, times: Uint8Array, steps: number, row: number, column: number): readonly number[] {
  const lines: number[] = [];
  for (const { first, taps, line } of segmentsOf(field.side)) {
    for (let x = 0; x < field.side; x++) {
      for (let channel = 0; channel < field.channels; channel++) {
        let pattern = 0;
        for (let tap = 0; tap < taps; tap++) {
          if ((timeAt(field, times, row, column, { y: first + tap, x, channel }) ?? steps) < steps) pattern += 2 ** tap;
        }
        if (pattern > 0) lines.push((channel * field.side + x) * patternsOf(field.side) + line + pattern);
      }
    }
  }
  return lines;
}
