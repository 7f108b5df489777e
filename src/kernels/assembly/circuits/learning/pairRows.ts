import { at } from '../../lanes';
import { fetch } from '../deliver';
import { Law, Learning, PairChange, Projection, Trace } from '../records';
import { add } from '../values';
import { changedWeight, setLaw, within } from './laws';
import { traceOf } from './traces';

// The synapses of presynaptic neurons whose spikes arrive.

/** Additive changes. */
export function rowsOfPairs(
  q: Projection,
  learning: Learning,
  change: PairChange,
  spikes: usize,
  count: i32,
  t: i32,
  modulation: f32,
  delivers: bool,
  coincides: bool,
): void {
  if (q.isWide) {
    if (delivers) rows<u32>(q, learning, change, spikes, count, t, modulation, true, coincides);
    else rows<u32>(q, learning, change, spikes, count, t, modulation, false, coincides);
  } else if (coincides) {
    if (delivers) rows<u16>(q, learning, change, spikes, count, t, modulation, true, true);
    else rows<u16>(q, learning, change, spikes, count, t, modulation, false, true);
  } else if (delivers) rows<u16>(q, learning, change, spikes, count, t, modulation, true, false);
  else if (change.atPre !== 0 || change.alone !== 0) rows<u16>(q, learning, change, spikes, count, t, modulation, false, false);
}

@inline
function rows<T>(
  q: Projection,
  learning: Learning,
  change: PairChange,
  spikes: usize,
  count: i32,
  t: i32,
  modulation: f32,
  delivers: bool,
  coincides: bool,
): void {
  const atPre = change.atPre * modulation;
  const alone = change.alone * modulation;
  const atPost = change.atPost * modulation;
  const low = f32x4.splat(change.low);
  const high = f32x4.splat(change.high);
  const y = changetype<Trace>(learning.post).values;
  const seen = learning.postSeen;
  const receptor = q.values;
  const start = q.start;
  const targets = q.target;
  const values = change.values;
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) {
    const i = load<i32>(spike);
    if (q.isLarge && spike + 4 < end) fetch(q, at(start, load<i32>(spike, 4)));
    const raise: f32 = coincides ? atPost * traceOf(changetype<Trace>(learning.pre), i, t) : 0;
    const last = <usize>load<u32>(at(start, i), 4);
    for (let s = <usize>load<u32>(at(start, i)); s < last; s++) {
      const target = <usize>load<T>(targets + s * sizeof<T>());
      const j = target << 2;
      const p = values + (s << 2);
      const w = load<f32>(p);
      if (delivers) add(receptor + j, w);
      let amount = atPre * load<f32>(y + j) + alone;
      if (coincides && load<u8>(seen + target)) amount = raise + amount;
      store<f32>(p, within(w + amount, low, high));
    }
  }
}

/** Changes that depend on the weights. */
export function rowsUnderLaw(
  q: Projection,
  learning: Learning,
  change: PairChange,
  law: Law,
  spikes: usize,
  count: i32,
  t: i32,
  modulation: f32,
  delivers: bool,
): void {
  setLaw(law);
  const atPostPlus = max<f32>(change.atPost * modulation, 0);
  const atPostMinus = max<f32>(-(change.atPost * modulation), 0);
  const atPrePlus = max<f32>(change.atPre * modulation, 0);
  const atPreMinus = max<f32>(-(change.atPre * modulation), 0);
  const alonePlus = max<f32>(change.alone * modulation, 0);
  const aloneMinus = max<f32>(-(change.alone * modulation), 0);
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) {
    const i = load<i32>(spike);
    const x = traceOf(changetype<Trace>(learning.pre), i, t);
    const last = <usize>load<u32>(at(q.start, i), 4);
    for (let s = <usize>load<u32>(at(q.start, i)); s < last; s++) {
      const j = targetOf(q, s);
      const p = change.values + (s << 2);
      const w = load<f32>(p);
      if (delivers) add(q.values + j, w);
      const met: f32 = load<u8>(learning.postSeen + (j >> 2)) ? x : 0;
      const y = load<f32>(changetype<Trace>(learning.post).values + j);
      const plus = atPostPlus * met + (atPrePlus * y + alonePlus);
      const minus = atPostMinus * met + (atPreMinus * y + aloneMinus);
      store<f32>(p, changedWeight(w, plus, minus));
    }
  }
}

/** The target of a synapse, in bytes. */
@inline
export function targetOf(q: Projection, s: usize): usize {
  return (q.isWide ? <usize>load<u32>(q.target + (s << 2)) : <usize>load<u16>(q.target + (s << 1))) << 2;
}
