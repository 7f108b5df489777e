import { at, clampLanes } from '../lanes';
import { INPUTS, ofUnit, SCALES, SIZE, SPIKED, SPIKES, TIMES, weightsOf } from './race';

// What the neurons of a unit learn: weights of inputs that spiked before them, and of all others.

/** The time of an output that never fires, for which all inputs are early, those that never spike too. */
export const NEVER: f32 = 1;

let ETA_PLUS: f32 = 0;
let ETA_MINUS: f32 = 0;
let SUMS: usize = 0;

/** Rates, and `[units, 4]`: what the weights of each neuron are scaled to, 0 for not at all. */
export function setChange(etaPlus: f32, etaMinus: f32, sums: usize): void {
  ETA_PLUS = etaPlus;
  ETA_MINUS = etaMinus;
  SUMS = sums;
}

/** w = clip(w + error · (inputs up to the time of the output: etaPlus, later ones: etaMinus), 0, 1), then scaled to their sum. */
export function changeUnit(unit: i32, errors: v128): void {
  const times = v128.load(ofUnit(TIMES, unit));
  const scales = v128.load(ofUnit(SCALES, unit));
  const learns = f32x4.ne(errors, f32x4.splat(0));
  const early = f32x4.div(f32x4.mul(errors, f32x4.splat(ETA_PLUS)), scales);
  const others = f32x4.div(f32x4.mul(errors, f32x4.splat(ETA_MINUS)), scales);
  const late = v128.bitselect(others, early, f32x4.lt(times, f32x4.splat(NEVER)));
  addUntil(unit, times, f32x4.sub(early, late));
  const most = v128.bitselect(f32x4.div(f32x4.splat(1), scales), f32x4.splat(f32.MAX_VALUE), learns);
  const sums = moveAll(unit, late, most);
  const wanted = v128.load(ofUnit(SUMS, unit));
  const fits = v128.and(f32x4.gt(wanted, f32x4.splat(0)), f32x4.gt(sums, f32x4.splat(0)));
  v128.store(ofUnit(SCALES, unit), v128.bitselect(f32x4.div(wanted, sums), scales, v128.and(learns, fits)));
}

/** w = w + more, of inputs up to the time of each output. */
export function addUntil(unit: i32, times: v128, more: v128): void {
  const weights = weightsOf(unit);
  const until = v128.and(times, f32x4.ne(more, f32x4.splat(0)));
  for (let k = 0; k < SPIKED; k++) {
    const isEarly = f32x4.le(f32x4.splat(load<f32>(at(SPIKES, k))), until);
    if (!v128.any_true(isEarly)) return;
    const weight = weights + ((<usize>load<u32>(at(INPUTS, k))) << 4);
    v128.store(weight, f32x4.add(v128.load(weight), v128.and(more, isEarly)));
  }
}

/** w = clip(w + moves, 0, most) of all inputs. Answers their sums. */
export function moveAll(unit: i32, moves: v128, most: v128): v128 {
  let weight = weightsOf(unit);
  const end = weight + ((<usize>SIZE) << 4);
  const zero = f32x4.splat(0);
  let even = zero;
  let odd = zero;
  for (; weight + 32 <= end; weight += 32) {
    const first = clampLanes(f32x4.add(v128.load(weight), moves), zero, most);
    const second = clampLanes(f32x4.add(v128.load(weight, 16), moves), zero, most);
    v128.store(weight, first);
    v128.store(weight, second, 16);
    even = f32x4.add(even, first);
    odd = f32x4.add(odd, second);
  }
  if (weight < end) {
    const last = clampLanes(f32x4.add(v128.load(weight), moves), zero, most);
    v128.store(weight, last);
    even = f32x4.add(even, last);
  }
  return f32x4.add(even, odd);
}

/** Weights take up their scale. */
export function scaleAll(unit: i32): void {
  const weights = weightsOf(unit);
  const end = weights + ((<usize>SIZE) << 4);
  const scales = v128.load(ofUnit(SCALES, unit));
  for (let weight = weights; weight < end; weight += 16) v128.store(weight, f32x4.mul(v128.load(weight), scales));
  v128.store(ofUnit(SCALES, unit), f32x4.splat(1));
}
