import { changed, dependence } from '../../change/change';
import { ADDITIVE } from '../../change/dependence';
import { at, clampLanes } from '../../lanes';
import { Eligibility, Law, Learning, PairChange, Projection } from '../records';
import { flush } from '../values';
import { setLaw } from './laws';

// What synapses remember of pairs until a reward comes: E grows with pairs, changes w by rate·reward·E, and decays.

/** A change of all weights of a projection by what they remember, and what is left of it until the next change. */
export function payAndDecay(q: Projection, learning: Learning, eligibility: Eligibility, modulation: f32): void {
  const law = changetype<Law>(learning.law);
  const first = changetype<PairChange>(learning.changes).values;
  if (learning.changeCount > 1) {
    const second = changetype<PairChange>(learning.changes + offsetof<PairChange>()).values;
    if (modulation !== 0) payTwo(q.weights, law, eligibility, modulation, first, second);
    decayAll(first, eligibility);
    decayAll(second, eligibility);
  } else if (modulation === 0) decayAll(first, eligibility);
  else if (law.code === ADDITIVE) payOneAdditive(q.weights, law, eligibility, modulation, first);
  else {
    payOne(q.weights, law, eligibility, modulation, first);
    decayAll(first, eligibility);
  }
}

function decayAll(values: usize, eligibility: Eligibility): void {
  const decay = f32x4.splat(eligibility.decay);
  const end = at(values, eligibility.count);
  for (let p = values; p < end; p += 16) v128.store(p, flush(f32x4.mul(v128.load(p), decay)));
}

/** One trace, additive changes: the common case, with the decay in the same loop. */
function payOneAdditive(w: usize, law: Law, eligibility: Eligibility, modulation: f32, due: usize): void {
  const factor = f32x4.splat(eligibility.firstRate * modulation);
  const decay = f32x4.splat(eligibility.decay);
  const low = f32x4.splat(law.low);
  const high = f32x4.splat(law.high);
  const end = at(0, eligibility.count);
  for (let o: usize = 0; o < end; o += 16) {
    const remembered = v128.load(due + o);
    v128.store(w + o, clampLanes(f32x4.add(v128.load(w + o), f32x4.mul(factor, remembered)), low, high));
    v128.store(due + o, flush(f32x4.mul(remembered, decay)));
  }
}

/** One trace; the sign of a change says on which side it is. */
function payOne(w: usize, law: Law, eligibility: Eligibility, modulation: f32, due: usize): void {
  setLaw(law);
  const factor = f32x4.splat(eligibility.firstRate * modulation);
  const none = f32x4.splat(0);
  const end = at(0, eligibility.count);
  for (let o: usize = 0; o < end; o += 16) {
    const signed = f32x4.mul(factor, v128.load(due + o));
    const raise = f32x4.pmax(none, signed);
    const lower = f32x4.pmax(none, f32x4.neg(signed));
    v128.store(w + o, changed(dependence, v128.load(w + o), raise, lower));
  }
}

/** Two traces; the signs of rates and reward say on which side each is. */
function payTwo(w: usize, law: Law, eligibility: Eligibility, modulation: f32, first: usize, second: usize): void {
  setLaw(law);
  const a = eligibility.firstRate * modulation;
  const b = eligibility.secondRate * modulation;
  const firstUp = f32x4.splat(max<f32>(a, 0));
  const firstDown = f32x4.splat(max<f32>(-a, 0));
  const secondUp = f32x4.splat(max<f32>(b, 0));
  const secondDown = f32x4.splat(max<f32>(-b, 0));
  const end = at(0, eligibility.count);
  for (let o: usize = 0; o < end; o += 16) {
    const e = v128.load(first + o);
    const f = v128.load(second + o);
    const raise = f32x4.add(f32x4.mul(firstUp, e), f32x4.mul(secondUp, f));
    const lower = f32x4.add(f32x4.mul(firstDown, e), f32x4.mul(secondDown, f));
    v128.store(w + o, changed(dependence, v128.load(w + o), raise, lower));
  }
}
