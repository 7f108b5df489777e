import { at } from '../../lanes';
import { Columns, Law, Learning, PairChange, Trace } from '../records';
import { changedWeight, setLaw, within } from './laws';
import { traceOf } from './traces';

// The synapses of postsynaptic neurons that fire, but for those whose presynaptic spike arrives in the same step: `coincides` says that
// there may be any.

/** Additive changes. */
export function columnsOfPairs(
  learning: Learning,
  change: PairChange,
  fired: usize,
  count: i32,
  t: i32,
  modulation: f32,
  coincides: bool,
): void {
  const isLazy = changetype<Trace>(learning.pre).isLazy;
  if (changetype<Columns>(learning.columns).isWide) columns<u32>(learning, change, fired, count, t, modulation, coincides, true);
  else if (isLazy) columns<u16>(learning, change, fired, count, t, modulation, coincides, true);
  else if (coincides) columns<u16>(learning, change, fired, count, t, modulation, true, false);
  else columns<u16>(learning, change, fired, count, t, modulation, false, false);
}

@inline
function columns<T>(
  learning: Learning,
  change: PairChange,
  fired: usize,
  count: i32,
  t: i32,
  modulation: f32,
  coincides: bool,
  mayBeLazy: bool,
): void {
  const pre = changetype<Trace>(learning.pre);
  const atPost = change.atPost * modulation;
  const low = f32x4.splat(change.low);
  const high = f32x4.splat(change.high);
  const values = change.values;
  const x = pre.values;
  const seen = learning.preSeen;
  const entries = changetype<Columns>(learning.columns);
  const pres = entries.pre;
  const slots = entries.slot;
  const end = at(fired, count);
  for (let spike = fired; spike < end; spike += 4) {
    const column = at(entries.start, load<i32>(spike));
    const last = <usize>load<u32>(column, 4);
    for (let k = <usize>load<u32>(column); k < last; k++) {
      const i = <usize>load<T>(pres + k * sizeof<T>());
      if (coincides && load<u8>(seen + i)) continue;
      const p = values + ((<usize>load<u32>(slots + (k << 2))) << 2);
      const trace = mayBeLazy ? traceOf(pre, <i32>i, t) : load<f32>(x + (i << 2));
      store<f32>(p, within(load<f32>(p) + atPost * trace, low, high));
    }
  }
}

/** Changes that depend on the weights. */
export function columnsUnderLaw(
  learning: Learning,
  change: PairChange,
  law: Law,
  fired: usize,
  count: i32,
  t: i32,
  modulation: f32,
  coincides: bool,
): void {
  setLaw(law);
  const entries = changetype<Columns>(learning.columns);
  const plus = max<f32>(change.atPost * modulation, 0);
  const minus = max<f32>(-(change.atPost * modulation), 0);
  const end = at(fired, count);
  for (let spike = fired; spike < end; spike += 4) {
    const column = at(entries.start, load<i32>(spike));
    const last = <usize>load<u32>(column, 4);
    for (let k = <usize>load<u32>(column); k < last; k++) {
      const i = preOf(entries, k);
      if (coincides && load<u8>(learning.preSeen + <usize>i)) continue;
      const p = change.values + ((<usize>load<u32>(entries.slot + (k << 2))) << 2);
      const trace = traceOf(changetype<Trace>(learning.pre), i, t);
      store<f32>(p, changedWeight(load<f32>(p), plus * trace, minus * trace));
    }
  }
}

/** The presynaptic neuron of an entry of the columns. */
@inline
export function preOf(entries: Columns, k: usize): i32 {
  return entries.isWide ? load<i32>(entries.pre + (k << 2)) : <i32>load<u16>(entries.pre + (k << 1));
}
