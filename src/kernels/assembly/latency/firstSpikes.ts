import { at } from '../lanes';
import { crossBlock, crossHalf } from './crossings';
import { BLOCK, blockOf, columns, filledMaps, HALF, rows } from './field';
import { compactSquares, pooledSize } from './pooling';
import { positionOf, seenFrom, seenUntil } from './timedViews';

/** Words of scratch that {@link firstSpikes} takes. */
export function firstSpikesWords(pool: i32): i32 {
  return (pooledSize(rows(), pool) * pooledSize(columns(), pool) * filledMaps()) / 4;
}

/**
 * When the next layer sees the maps fire: the first spike in each square of side `pool`.
 *
 * @param views    of the image, in the order of time.
 * @param weights  in blocks.
 * @param fewest   inputs without which no neuron can be above the threshold, at least 1.
 * @param out      receives [⌈rows/pool⌉, ⌈columns/pool⌉, maps], a byte each, `steps` for never.
 */
export function firstSpikes(
  views: usize,
  weights: usize,
  threshold: f32,
  fewest: i32,
  steps: i32,
  pool: i32,
  out: usize,
  scratch: usize,
): void {
  const filled = filledMaps();
  const across = pooledSize(columns(), pool);
  const squares = pooledSize(rows(), pool) * across;
  memory.fill(scratch, <u8>steps, squares * filled);
  for (let map = 0; map < filled; map += BLOCK) {
    const w = blockOf(weights, map);
    const whole = map + HALF < filled;
    for (let row = 0; row < rows(); row++) {
      let square = scratch + <usize>((row / pool) * across * filled + map);
      for (let left = 0; left < columns(); left += pool) {
        for (let column = left; column < min(left + pool, columns()); column++) {
          const position = positionOf(row, column);
          if (position < 0) continue;
          const first = seenFrom(views, position);
          const from = at(first, fewest - 1);
          const end = seenUntil(views, position);
          if (from >= end) continue;
          if (whole) crossBlock(w, first, from, end, threshold, steps, square);
          else crossHalf(w, first, from, end, threshold, steps, square);
        }
        square += filled;
      }
    }
  }
  compactSquares(squares, scratch, out);
}
