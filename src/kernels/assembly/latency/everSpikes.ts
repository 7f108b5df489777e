import { at } from '../lanes';
import { BLOCK, columns, filledMaps, HALF, rows } from './field';
import { compactSquares, pooledSize } from './pooling';
import { sumBlock, sumHalf } from './sumPatterns';
import { blockOfSums, listOf } from './views';

/** Words of scratch that {@link everSpikes} takes. */
export function everSpikesWords(pool: i32): i32 {
  return BLOCK + (pooledSize(rows(), pool) * pooledSize(columns(), pool) * filledMaps()) / 4;
}

/**
 * Whether the next layer sees the maps fire at all, pooled as by firstSpikes: what the final potentials of layers above
 * depend on.
 *
 * @param views  of the image.
 * @param sums   of the weights of all patterns.
 * @param out    receives [⌈rows/pool⌉, ⌈columns/pool⌉, maps], a byte each: 0 where a neuron fires, 255 where none does.
 */
export function everSpikes(views: usize, sums: usize, threshold: f32, pool: i32, out: usize, scratch: usize): void {
  const filled = filledMaps();
  const across = pooledSize(columns(), pool);
  const squares = pooledSize(rows(), pool) * across;
  const marks = at(scratch, BLOCK);
  memory.fill(marks, 255, squares * filled);
  for (let map = 0; map < filled; map += BLOCK) {
    const block = blockOfSums(sums, map);
    const whole = map + HALF < filled;
    let list = listOf(views, 0);
    let first = <usize>load<u32>(list);
    for (let row = 0; row < rows(); row++) {
      let square = marks + <usize>((row / pool) * across * filled + map);
      for (let left = 0; left < columns(); left += pool) {
        for (let column = left; column < min(left + pool, columns()); column++) {
          list += 4;
          const end = <usize>load<u32>(list);
          if (first === end) continue;
          if (whole) sumBlock(block, first, end, scratch);
          else sumHalf(block, first, end, scratch);
          clearAbove(scratch, threshold, square);
          if (whole) clearAbove(scratch + 64, threshold, square + 16);
          first = end;
        }
        square += filled;
      }
    }
  }
  compactSquares(squares, marks, out);
}

/** Sets the marks of 16 maps to 0 where the potential is above the threshold. */
@inline
function clearAbove(potentials: usize, threshold: f32, marks: usize): void {
  const level = f32x4.splat(threshold);
  const a = f32x4.gt(v128.load(potentials), level);
  const b = f32x4.gt(v128.load(potentials, 16), level);
  const c = f32x4.gt(v128.load(potentials, 32), level);
  const d = f32x4.gt(v128.load(potentials, 48), level);
  const above = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  v128.store(marks, v128.andnot(v128.load(marks), above));
}
