import { changed, dependence, setChange } from '../../change/change';
import { clampLanes } from '../../lanes';
import { Law } from '../records';

/** Sets how changes meet weights. */
export function setLaw(law: Law): void {
  setChange(law.code, law.etaPlus, law.etaMinus, law.mu, law.wMin, law.wMax, law.low, law.high);
}

/** A weight after a change by the law that was set. */
@inline
export function changedWeight(w: f32, plus: f32, minus: f32): f32 {
  return f32x4.extract_lane(changed(dependence, f32x4.splat(w), f32x4.splat(plus), f32x4.splat(minus)), 0);
}

/** A value within bounds. */
@inline
export function within(value: f32, low: v128, high: v128): f32 {
  return f32x4.extract_lane(clampLanes(f32x4.splat(value), low, high), 0);
}
