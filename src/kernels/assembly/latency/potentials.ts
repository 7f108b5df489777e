import { at } from '../lanes';
import { BLOCK, columns, filledMaps, HALF, rows } from './field';
import { sumBlock, sumHalf } from './sumPatterns';
import { blockOfSums, listOf } from './views';

/**
 * The potential of every neuron after all spikes of an image.
 *
 * @param views  of the image.
 * @param sums   of the weights of all patterns, in blocks: [channels, side, patterns of a column, maps].
 * @param out    receives [rows, columns, filled maps].
 */
export function finalPotentials(views: usize, sums: usize, out: usize): void {
  const filled = filledMaps();
  const outputs = rows() * columns();
  for (let map = 0; map < filled; map += BLOCK) {
    const w = blockOfSums(sums, map);
    const whole = map + HALF < filled;
    let to = at(out, map);
    let first = <usize>load<u32>(listOf(views, 0));
    for (let output = 0; output < outputs; output++) {
      const end = <usize>load<u32>(listOf(views, output + 1));
      if (whole) sumBlock(w, first, end, to);
      else sumHalf(w, first, end, to);
      first = end;
      to = at(to, filled);
    }
  }
}
