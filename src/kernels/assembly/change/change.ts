import { clampLanes } from '../lanes';
import { ADDITIVE, factorOf, POWER } from './dependence';
import { fractionalPower } from './factors';

// What all weights of an update share, set before the kernels that read it:
//
//     w' = clamp( w + (etaPlus·f₊(w))·plus − (etaMinus·f₋(w))·minus )

export let dependence: i32 = ADDITIVE;
export let etaPlus: f32 = 0;
export let etaMinus: f32 = 0;
/** The clamp; infinite without a hard bound. */
export let low: f32 = 0;
export let high: f32 = 0;
let mu: f32 = 0;
let wMin: f32 = 0;
let wMax: f32 = 0;

/** Sets the constants of the changes to come. Codes of dependence: see dependence.ts. */
export function setChange(
  code: i32,
  plus: f32,
  minus: f32,
  exponent: f32,
  least: f32,
  most: f32,
  clampLow: f32,
  clampHigh: f32,
): void {
  dependence = code;
  etaPlus = plus;
  etaMinus = minus;
  mu = exponent;
  wMin = least;
  wMax = most;
  low = clampLow;
  high = clampHigh;
}

// Four weights after a change with both sides, with potentiation alone, with depression alone. `plus` and `minus` don't hold
// the rates. `code` is the dependence: a constant, where a loop is for one dependence.

@inline
export function changed(code: i32, w: v128, plus: v128, minus: v128): v128 {
  const up = f32x4.sub(f32x4.splat(wMax), w);
  const down = f32x4.sub(w, f32x4.splat(wMin));
  const m = f32x4.splat(mu);
  const raise = f32x4.mul(f32x4.mul(f32x4.splat(etaPlus), factor(code, up, down, m)), plus);
  const lower = f32x4.mul(f32x4.mul(f32x4.splat(etaMinus), factor(code, down, up, m)), minus);
  return bounded(f32x4.add(w, f32x4.sub(raise, lower)));
}

@inline
export function raised(code: i32, w: v128, plus: v128): v128 {
  const up = f32x4.sub(f32x4.splat(wMax), w);
  const down = f32x4.sub(w, f32x4.splat(wMin));
  const change = f32x4.mul(f32x4.mul(f32x4.splat(etaPlus), factor(code, up, down, f32x4.splat(mu))), plus);
  return bounded(f32x4.add(w, change));
}

@inline
export function lowered(code: i32, w: v128, minus: v128): v128 {
  const up = f32x4.sub(f32x4.splat(wMax), w);
  const down = f32x4.sub(w, f32x4.splat(wMin));
  const change = f32x4.mul(f32x4.mul(f32x4.splat(etaMinus), factor(code, down, up, f32x4.splat(mu))), minus);
  return bounded(f32x4.sub(w, change));
}

@inline
function factor(code: i32, headroom: v128, rest: v128, exponent: v128): v128 {
  return code === POWER ? fractionalPower(headroom, exponent) : factorOf(code, headroom, rest, exponent);
}

@inline
function bounded(w: v128): v128 {
  return clampLanes(w, f32x4.splat(low), f32x4.splat(high));
}
