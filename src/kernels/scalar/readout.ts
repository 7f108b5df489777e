import type { Kernels } from '../module/binary.js';
import type { Heap } from './heap.js';

const { fround } = Math;

/** assembly/readout.ts in plain float32 arithmetic. */
export const scalarReadout = (heap: Heap): Pick<Kernels, 'standardise' | 'readScores' | 'hinge' | 'addGradient'> => ({
  standardise: (rows, size, features, mean, inverse) => {
    const { floats } = heap;
    for (let place = 0; place < rows * size; place++) {
      const column = place % size;
      const centred = fround((floats[features / 4 + place] ?? 0) - (floats[mean / 4 + column] ?? 0));
      floats[features / 4 + place] = fround(centred * (floats[inverse / 4 + column] ?? 0));
    }
  },
  readScores: (rows, size, filled, features, weights, bias, scores) => {
    const { floats } = heap;
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < filled; c++) {
        let score = floats[bias / 4 + c] ?? 0;
        for (let d = 0; d < size; d++) {
          const product = fround((floats[features / 4 + row * size + d] ?? 0) * (floats[weights / 4 + d * filled + c] ?? 0));
          score = fround(score + product);
        }
        floats[scores / 4 + row * filled + c] = score;
      }
    }
  },
  hinge: (rows, classes, filled, scores, labels) => {
    const { floats, bytes } = heap;
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < filled; c++) {
        const place = scores / 4 + row * filled + c;
        const y = c === bytes[labels + row] ? 1 : -1;
        const margin = fround(1 - y * (floats[place] ?? 0));
        const violated = c < classes && margin > 0;
        if (violated) loss += 0.5 * margin * margin;
        floats[place] = violated ? -y * margin : 0;
      }
    }
    return loss;
  },
  addGradient: (rows, size, filled, features, slopes, gradient) => {
    const { floats } = heap;
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < filled; c++) {
        const slope = floats[slopes / 4 + row * filled + c] ?? 0;
        if (slope === 0) continue;
        for (let d = 0; d < size; d++) {
          const place = gradient / 4 + d * filled + c;
          floats[place] = fround((floats[place] ?? 0) + fround((floats[features / 4 + row * size + d] ?? 0) * slope));
        }
      }
    }
  },
});
