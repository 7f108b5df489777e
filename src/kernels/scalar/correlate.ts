import type { Kernels } from '../module/binary.js';
import { changeWeight } from './change/applyOne.js';
import type { ScalarChange } from './change/change.js';
import type { Heap } from './heap.js';

const { fround } = Math;

type Correlation = Pick<
  Kernels,
  'applySums' | 'correlate' | 'correlateWords' | 'foldSums' | 'setGeometry' | 'sumsByPostWords' | 'sumsWords'
>;

/**
 * assembly/correlation/correlate.ts and assembly/correlation/applySums.ts. Sums by post have the layout of sums by pre here, nobody else looks
 * into them: what counts is that they are added up apart.
 */
export function scalarCorrelation(heap: Heap, change: ScalarChange): Correlation {
  let geometry: Parameters<Kernels['setGeometry']> = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0];
  const filled = (): number => Math.ceil(geometry[7] / 4) * 4;
  const words = (): number => geometry[3] * geometry[4] * geometry[2] * filled();

  return {
    setGeometry: (...given) => {
      geometry = given;
    },
    sumsWords: words,
    sumsByPostWords: words,
    correlateWords: () => 0,
    foldSums: (byPost, sums) => {
      for (let i = 0; i < words(); i++) addAt(heap.floats, sums / 4 + i, heap.floats[byPost / 4 + i] ?? 0);
    },
    correlate: (pre, post, sums) => {
      const [height, width, channels, kernelHeight, kernelWidth, rows, columns, maps, strideY, strideX] = geometry;
      const [dilationY, dilationX, padTop, padLeft] = geometry.slice(10) as [number, number, number, number];
      const { floats } = heap;
      for (let position = 0; position < rows * columns; position++) {
        const [top, left] = [Math.floor(position / columns) * strideY - padTop, (position % columns) * strideX - padLeft];
        for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
          const y = top + Math.floor(tap / kernelWidth) * dilationY;
          const x = left + (tap % kernelWidth) * dilationX;
          if (y < 0 || y >= height || x < 0 || x >= width) continue;
          for (let channel = 0; channel < channels; channel++) {
            const value = floats[pre / 4 + (y * width + x) * channels + channel] ?? 0;
            if (value === 0) continue;
            const line = sums / 4 + (tap * channels + channel) * filled();
            for (let map = 0; map < maps; map++)
              addAt(floats, line + map, fround(value * (floats[post / 4 + position * maps + map] ?? 0)));
          }
        }
      }
    },
    applySums: (w, out, plus, minus) => {
      const maps = geometry[7];
      const { floats } = heap;
      for (let row = 0; row < words() / filled(); row++) {
        for (let map = 0; map < maps; map++) {
          const weight = floats[w / 4 + row * maps + map] ?? 0;
          const up = plus === 0 ? 0 : (floats[plus / 4 + row * filled() + map] ?? 0);
          const down = minus === 0 ? 0 : (floats[minus / 4 + row * filled() + map] ?? 0);
          const [a, b] = [plus === 0 ? 0 : 1, minus === 0 ? 0 : 1];
          floats[out / 4 + row * maps + map] =
            a + b === 0 ? change.bounded(weight) : changeWeight(change, weight, up, down, a, b);
        }
      }
    },
  };
}

function addAt(floats: Float32Array, index: number, value: number): void {
  floats[index] = fround((floats[index] ?? 0) + value);
}
