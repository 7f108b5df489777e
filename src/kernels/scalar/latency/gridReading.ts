import type { Kernels } from '../../module/binary.js';
import type { Heap } from '../heap.js';
import { type ScalarField, sizesOf } from './field.js';

const { ceil, floor, fround, max } = Math;

/** assembly/latency/gridReading.ts, one neuron at a time. */
export function scalarGridReading(
  heap: Heap,
  field: ScalarField,
): Pick<Kernels, 'readContrast' | 'readingWords' | 'readPotentials' | 'readSpikes'> {
  /** Goes through all outputs and maps: `combine` gets what the cell holds so far. */
  const read = (grid: number, out: number, combine: (cell: number, output: number, map: number) => number): void => {
    const { rows, columns } = sizesOf(field);
    const { maps } = field;
    heap.floats.fill(0, out / 4, out / 4 + grid * grid * maps);
    for (let output = 0; output < rows * columns; output++) {
      const [y, x] = [floor(floor(output / columns) / ceil(rows / grid)), floor((output % columns) / ceil(columns / grid))];
      for (let map = 0; map < maps; map++) {
        const at = out / 4 + (y * grid + x) * maps + map;
        heap.floats[at] = combine(heap.floats[at] ?? 0, output, map);
      }
    }
  };
  const potential = (potentials: number, output: number, map: number): number =>
    heap.floats[potentials / 4 + output * sizesOf(field).filled + map] ?? 0;
  return {
    readingWords: () => 0,
    readPotentials: (potentials, grid, out) =>
      read(grid, out, (cell, output, map) => max(cell, potential(potentials, output, map))),
    readContrast: (potentials, share, grid, out) => {
      const levels = Array.from({ length: sizesOf(field).rows * sizesOf(field).columns }, (_, output) => {
        const all = Array.from({ length: field.maps }, (__, map) => potential(potentials, output, map));
        return fround(max(0, ...all) * fround(share));
      });
      read(grid, out, (cell, output, map) =>
        fround(cell + max(0, fround(potential(potentials, output, map) - (levels[output] ?? 0)))),
      );
    },
    readSpikes: (times, steps, grid, out) => {
      read(grid, out, (cell, output, map) => cell + steps - (heap.bytes[times + output * field.maps + map] ?? steps));
      const sums = heap.floats.subarray(out / 4, out / 4 + grid * grid * field.maps);
      sums.set(sums.map((sum) => fround(sum / steps)));
    },
  };
}
