import { ADDITIVE } from '../../change/dependence';
import { Law, Learning, PairChange, Population, Projection, Trace } from '../records';
import { columnsOfPairs, columnsUnderLaw } from './pairColumns';
import { rowsOfPairs, rowsUnderLaw } from './pairRows';
import { columnsOfRestricted, rowsOfRestricted } from './restrictedPairs';
import { addSpikes, decayTrace, mark } from './traces';

// Pairs of spikes. Of a synapse from i to j with traces x and y:
//
//     Δ = atPost·x_i where j fires  +  (atPre·y_j + alone) where a spike of i arrives
//
// Rows of arriving spikes carry both terms, columns of spikes leave out where one arrives: each synapse changes once and is bounded once.

/** A step of the pairs of a projection. `modulation` multiplies all rates; `delivers`: the weights of arriving spikes act, as they were. */
export function learnPairs(q: Projection, spikes: usize, count: i32, t: i32, modulation: f32, delivers: bool): void {
  const learning = changetype<Learning>(q.rule);
  const pre = changetype<Trace>(learning.pre);
  const post = changetype<Trace>(learning.post);
  const fired = changetype<Population>(q.to).spikes;
  const firedCount = changetype<Population>(q.to).count;
  if (!pre.isLazy) decayTrace(pre);
  decayTrace(post);
  if (count === 0 && firedCount === 0) return;
  const coincides = count > 0 && firedCount > 0;
  if (coincides) {
    mark(learning.preSeen, spikes, count, 1);
    mark(learning.postSeen, fired, firedCount, 1);
  }
  const early = !learning.isRestricted;
  const preEarly = early && learning.presentPre;
  const postEarly = early && learning.presentPost;
  if (preEarly && count > 0) addSpikes(pre, spikes, count, t);
  if (postEarly && firedCount > 0) addSpikes(post, fired, firedCount, t);
  const law = changetype<Law>(learning.law);
  const isAdditive = learning.eligibility !== 0 || law.code === ADDITIVE;
  const end = learning.changes + <usize>learning.changeCount * offsetof<PairChange>();
  for (let c = learning.changes; c < end; c += offsetof<PairChange>()) {
    const change = changetype<PairChange>(c);
    if (learning.isRestricted) {
      if (count > 0) rowsOfRestricted(q, learning, change, law, spikes, count, t, modulation, delivers, coincides);
      if (firedCount > 0) columnsOfRestricted(learning, change, law, fired, firedCount, t, modulation, coincides);
    } else if (isAdditive) {
      if (count > 0) rowsOfPairs(q, learning, change, spikes, count, t, modulation, delivers, coincides);
      if (firedCount > 0 && change.atPost !== 0) columnsOfPairs(learning, change, fired, firedCount, t, modulation, coincides);
    } else {
      if (count > 0) rowsUnderLaw(q, learning, change, law, spikes, count, t, modulation, delivers);
      if (firedCount > 0) columnsUnderLaw(learning, change, law, fired, firedCount, t, modulation, coincides);
    }
  }
  if (coincides) {
    mark(learning.preSeen, spikes, count, 0);
    mark(learning.postSeen, fired, firedCount, 0);
  }
  if (!preEarly && count > 0) addSpikes(pre, spikes, count, t);
  if (!postEarly && firedCount > 0) addSpikes(post, fired, firedCount, t);
}
