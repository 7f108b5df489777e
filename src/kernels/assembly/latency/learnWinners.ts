import { at, clampLanes } from '../lanes';
import { channels, filledMaps, height, pad, side, width } from './field';

/**
 * Each winner's map learns by the order of spikes: w' = clip(w ± rate·w(1 − w), 0, 1), up where the input fired no later than
 * the winner, down elsewhere, outside the image too.
 *
 * @param times    of the input, a byte each.
 * @param weights  as for findWinners.
 * @param winners  from findWinners.
 */
export function learnWinners(times: usize, weights: usize, winners: usize, count: i32, etaPlus: f32, etaMinus: f32): void {
  const tap = at(0, filledMaps());
  const up = f32x4.splat(etaPlus);
  const down = f32x4.splat(-etaMinus);
  for (let i = 0; i < count; i++) {
    const winner = at(winners, 4 * i);
    const top = load<i32>(winner, 4) - pad;
    const left = load<i32>(winner, 8) - pad;
    const time = load<i32>(winner, 12);
    let w = at(weights, load<i32>(winner));
    for (let c = 0; c < channels; c++) {
      for (let y = top + side - 1; y >= top; y--) {
        const line = times + <usize>(y * width * channels + c);
        for (let x = left + side - 1; x >= left; x--) {
          const inside = y >= 0 && y < height && x >= 0 && x < width;
          const seen = inside ? <i32>load<u8>(line + <usize>(x * channels)) : 255;
          learn(w, up, down, i32x4.splat((time - seen) >> 31));
          w += tap;
        }
      }
    }
  }
}

/** One weight, as a lane: choosing and clamping need no branch there. */
@inline
function learn(w: usize, up: v128, down: v128, late: v128): void {
  const one = f32x4.splat(1);
  const weight = v128.load32_zero(w);
  const rate = v128.bitselect(down, up, late);
  const changed = f32x4.add(weight, f32x4.mul(rate, f32x4.mul(weight, f32x4.sub(one, weight))));
  v128.store32_lane(w, clampLanes(changed, f32x4.splat(0), one), 0);
}
