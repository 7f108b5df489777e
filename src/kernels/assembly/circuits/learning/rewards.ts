import { Circuit, Reward } from '../records';

/**
 * Takes in the reward of step t. Filtered, the level decays and each reward adds to it; else what comes until the next change is added up.
 * Answers what multiplies all rates now.
 */
export function takeReward(circuit: Circuit, reward: Reward, t: i32): f32 {
  const came = load<f32>(circuit.rewards + <usize>((t - circuit.inputFrom) * circuit.rewardPace));
  const before = load<f32>(reward.level);
  const kept = reward.isFiltered ? before * reward.decay : before;
  const level = (abs(kept) > 1e-30 ? kept : 0) + came;
  store<f32>(reward.level, level);
  return (level + reward.baseline) * reward.scale;
}

/** A change has taken what was added up. */
@inline
export function clearReward(reward: Reward): void {
  if (!reward.isFiltered) store<f32>(reward.level, 0);
}
