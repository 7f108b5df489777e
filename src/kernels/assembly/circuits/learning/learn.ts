import { deliver } from '../deliver';
import { Circuit, Eligibility, Learning, PROGRAM, Projection, Reward } from '../records';
import { payAndDecay } from './eligibility';
import { learnPairs } from './pairs';
import { learnByProgram } from './programPasses';
import { clearReward, takeReward } from './rewards';

/**
 * A step of a projection that learns, after the neurons' step, with the spikes that arrive.
 *
 * @param delivers  whether the weights of these spikes, as they were, are still to act on the targets.
 */
export function learn(circuit: Circuit, q: Projection, spikes: usize, count: i32, t: i32, delivers: bool): void {
  const learning = changetype<Learning>(q.rule);
  const isRewarded = learning.reward !== 0;
  const modulation: f32 = isRewarded ? takeReward(circuit, changetype<Reward>(learning.reward), t) : 1;
  if (learning.eligibility !== 0) {
    if (delivers && count > 0) deliver(q, spikes, count);
    remember(q, learning, spikes, count, t, modulation);
    return;
  }
  if (q.learning === PROGRAM) {
    if (delivers && count > 0) deliver(q, spikes, count);
    learnByProgram(q, spikes, count, modulation);
  } else learnPairs(q, spikes, count, t, modulation, delivers);
  if (isRewarded) clearReward(changetype<Reward>(learning.reward));
}

/** Pairs change the eligibility, and that the weights whenever its time has come. */
function remember(q: Projection, learning: Learning, spikes: usize, count: i32, t: i32, modulation: f32): void {
  const eligibility = changetype<Eligibility>(learning.eligibility);
  const isTime = (t + 1) % eligibility.every === 0;
  if (isTime && eligibility.readsPrevious) payAndDecay(q, learning, eligibility, modulation);
  learnPairs(q, spikes, count, t, 1, false);
  if (isTime && !eligibility.readsPrevious) payAndDecay(q, learning, eligibility, modulation);
  if (isTime) clearReward(changetype<Reward>(learning.reward));
}
