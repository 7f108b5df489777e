import { ADDITIVE } from '../../change/dependence';
import { at } from '../../lanes';
import { Columns, Law, Learning, PairChange, Projection, Trace } from '../records';
import { add } from '../values';
import { changedWeight, setLaw, within } from './laws';
import { preOf } from './pairColumns';
import { targetOf } from './pairRows';
import { traceOf } from './traces';

// Nearest spikes that pair once (Morrison, Diesmann and Gerstner 2008, figure 7C): a spike of j pairs with the latest of i unless j has
// fired since, and the other way round. A spike in the same step as the latest of the other neuron has not been paired, unless the
// present spikes are read.

/** Rows of arriving spikes. */
export function rowsOfRestricted(
  q: Projection,
  learning: Learning,
  change: PairChange,
  law: Law,
  spikes: usize,
  count: i32,
  t: i32,
  modulation: f32,
  delivers: bool,
  coincides: bool,
): void {
  setLaw(law);
  const pre = changetype<Trace>(learning.pre);
  const post = changetype<Trace>(learning.post);
  const low = f32x4.splat(change.low);
  const high = f32x4.splat(change.high);
  const atPre = change.atPre * modulation;
  const atPost = change.atPost * modulation;
  const code = law.code;
  const y = post.values;
  const lastFired = post.last;
  const receptor = q.values;
  const readsPresent = learning.presentPost !== 0;
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) {
    const i = load<i32>(spike);
    const lastPre = load<i32>(at(pre.last, i));
    const since = lastPre + i32(readsPresent); // a postsynaptic spike as late as this has not been paired
    const rowEnd = <usize>load<u32>(at(q.start, i), 4);
    for (let s = <usize>load<u32>(at(q.start, i)); s < rowEnd; s++) {
      const j = targetOf(q, s);
      const p = change.values + (s << 2);
      const w = load<f32>(p);
      if (delivers) add(receptor + j, w);
      const lastPost = load<i32>(lastFired + j);
      const met: f32 = lastPost >= since ? load<f32>(y + j) : 0;
      if (coincides && load<u8>(learning.postSeen + (j >> 2))) {
        const x: f32 = learning.presentPre ? pre.height : lastPre >= lastPost ? traceOf(pre, i, t) : 0;
        store<f32>(p, after(code, w, atPost, x, atPre, readsPresent ? post.height : met, low, high));
      } else store<f32>(p, after(code, w, 0, 0, atPre, met, low, high));
    }
  }
}

/** Columns of spikes. */
export function columnsOfRestricted(
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
  const pre = changetype<Trace>(learning.pre);
  const post = changetype<Trace>(learning.post);
  const low = f32x4.splat(change.low);
  const high = f32x4.splat(change.high);
  const atPost = change.atPost * modulation;
  const entries = changetype<Columns>(learning.columns);
  const end = at(fired, count);
  for (let spike = fired; spike < end; spike += 4) {
    const j = load<i32>(spike);
    // The latest presynaptic spike must be later than this.
    const paired = load<i32>(at(post.last, j)) - (learning.presentPre ? 0 : 1);
    const columnEnd = <usize>load<u32>(at(entries.start, j), 4);
    for (let k = <usize>load<u32>(at(entries.start, j)); k < columnEnd; k++) {
      const i = preOf(entries, k);
      if (load<i32>(at(pre.last, i)) <= paired) continue;
      if (coincides && load<u8>(learning.preSeen + <usize>i)) continue;
      const p = change.values + ((<usize>load<u32>(entries.slot + (k << 2))) << 2);
      store<f32>(p, after(law.code, load<f32>(p), atPost, traceOf(pre, i, t), 0, 0, low, high));
    }
  }
}

/** A weight after a pair of each order; 0 where there is none. */
@inline
function after(code: i32, w: f32, atPost: f32, x: f32, atPre: f32, y: f32, low: v128, high: v128): f32 {
  if (code === ADDITIVE) return within(w + (atPost * x + atPre * y), low, high);
  const plus = max<f32>(atPost, 0) * x + max<f32>(atPre, 0) * y;
  const minus = max<f32>(-atPost, 0) * x + max<f32>(-atPre, 0) * y;
  return changedWeight(w, plus, minus);
}
