import { at } from '../lanes';
import { ABREAST, INPUTS, ofUnit, POTENTIALS, RUNNING, SCALES, SPIKED, SPIKES, TIMES, TOPS, weightsOf } from './race';

// Units that race: few at a time, no longer than they have to.

/** Spikes between two looks at the thresholds. */
const CHUNK: i32 = 8;
/** That any neuron has to fire, behind the four lanes. */
export const ANY: i32 = 16;

/** Lanes of which a neuron has yet to fire; that of the image's own class needs one of the units before others. */
let LEFT: i32 = 0;
let OWN: i32 = 0;
let OTHERS: i32 = 0;

/**
 * Has units of the same classes race until a neuron of each has fired. What fires later may be taken to be silent.
 *
 * @param need  the lanes of which a neuron has to fire.
 * @param own   the lane that needs one of the units before `others`.
 */
export function raceUnitsUntil(from: i32, to: i32, need: i32, own: i32, others: i32): void {
  OWN = own;
  OTHERS = others;
  let until = SPIKED;
  for (let end = to; end > from; end -= ABREAST) {
    const first = max(end - ABREAST, from);
    const last = end - 1;
    LEFT = need;
    until = raceAbreast(
      first,
      last,
      until,
      weightsOf(first),
      weightsOf(min(first + 1, last)),
      weightsOf(min(first + 2, last)),
      weightsOf(min(first + 3, last)),
      weightsOf(min(first + 4, last)),
    );
    settle(first, last);
  }
}

/**
 * Has a few units race for so many spikes at most; answers after how many the last that has to fire has fired. Behind the last unit it stands
 * for those that are missing. Addresses come in, and what is seldom done is done elsewhere, so that all stays in registers.
 */
export function raceAbreast(first: i32, last: i32, until: i32, a: usize, b: usize, c: usize, d: usize, e: usize): i32 {
  const inputs = INPUTS;
  const sums = RUNNING;
  for (let o: usize = 0; o < 16 * ABREAST; o += 16) v128.store(sums + o, f32x4.splat(0));
  for (let k = 0; k < until; ) {
    let aSum = v128.load(sums);
    let bSum = v128.load(sums, 16);
    let cSum = v128.load(sums, 32);
    let dSum = v128.load(sums, 48);
    let eSum = v128.load(sums, 64);
    const end = min(k + CHUNK, until);
    for (let p = at(inputs, k), stop = at(inputs, end); p < stop; p += 4) {
      const o = (<usize>load<u32>(p)) << 4;
      aSum = f32x4.add(aSum, v128.load(a + o));
      bSum = f32x4.add(bSum, v128.load(b + o));
      cSum = f32x4.add(cSum, v128.load(c + o));
      dSum = f32x4.add(dSum, v128.load(d + o));
      eSum = f32x4.add(eSum, v128.load(e + o));
    }
    const ab = v128.or(isAbove(first, aSum), isAbove(min(first + 1, last), bSum));
    const cd = v128.or(isAbove(min(first + 2, last), cSum), isAbove(min(first + 3, last), dSum));
    if (v128.any_true(v128.or(v128.or(ab, cd), isAbove(min(first + 4, last), eSum)))) {
      if (stepwise(first, last, k, end)) until = end;
    } else {
      v128.store(sums, aSum);
      v128.store(sums, bSum, 16);
      v128.store(sums, cSum, 32);
      v128.store(sums, dSum, 48);
      v128.store(sums, eSum, 64);
    }
    k = end;
  }
  return until;
}

@inline
function isAbove(unit: i32, sum: v128): v128 {
  return f32x4.gt(sum, v128.load(ofUnit(TOPS, unit)));
}

/** Takes a few spikes one by one, and notes which neurons fire, so that they fire once. Answers whether all have that are needed. */
export function stepwise(first: i32, last: i32, from: i32, to: i32): bool {
  for (let k = from; k < to; k++) {
    const o = (<usize>load<u32>(at(INPUTS, k))) << 4;
    const time = load<f32>(at(SPIKES, k));
    const isLast = k + 1 === SPIKED || load<f32>(at(SPIKES, k + 1)) !== time;
    for (let unit = first; unit <= last; unit++) {
      const running = ofUnit(RUNNING, unit - first);
      const sum = f32x4.add(v128.load(running), v128.load(weightsOf(unit) + o));
      v128.store(running, sum);
      if (isLast) fire(unit, sum, time);
    }
  }
  return LEFT === 0;
}

@inline
function fire(unit: i32, sum: v128, time: f32): void {
  const fired = isAbove(unit, sum);
  const lanes = i32x4.bitmask(fired);
  if (lanes === 0) return;
  const times = v128.load(ofUnit(TIMES, unit));
  const potentials = v128.load(ofUnit(POTENTIALS, unit));
  const scales = v128.load(ofUnit(SCALES, unit));
  v128.store(ofUnit(TIMES, unit), v128.bitselect(f32x4.splat(time), times, fired));
  v128.store(ofUnit(POTENTIALS, unit), v128.bitselect(f32x4.mul(sum, scales), potentials, fired));
  v128.store(ofUnit(TOPS, unit), v128.bitselect(f32x4.splat(f32.MAX_VALUE), v128.load(ofUnit(TOPS, unit)), fired));
  LEFT &= ~(ANY | (unit < OTHERS ? lanes : lanes & ~OWN));
}

/** Notes the potentials of neurons that haven't fired. */
export function settle(first: i32, last: i32): void {
  for (let unit = first; unit <= last; unit++) {
    const fired = f32x4.lt(v128.load(ofUnit(TIMES, unit)), f32x4.splat(1));
    const potentials = f32x4.mul(v128.load(ofUnit(RUNNING, unit - first)), v128.load(ofUnit(SCALES, unit)));
    v128.store(ofUnit(POTENTIALS, unit), v128.bitselect(v128.load(ofUnit(POTENTIALS, unit)), potentials, fired));
  }
}
