import { at } from '../lanes';

/**
 * Chooses winners among the candidates of one step: the highest potential first, the lowest map on ties, then the first listed.
 *
 * @param candidates  four words each: map, row, column, potential; row by row.
 * @param end         where they end.
 * @param winners     likewise with the time in place of the potential; the chosen are added.
 * @param found       how many there are already.
 * @returns how many there are now.
 */
export function chooseWinners(
  candidates: usize,
  end: usize,
  wanted: i32,
  radius: i32,
  time: i32,
  winners: usize,
  found: i32,
): i32 {
  while (found < wanted) {
    let best: usize = 0;
    for (let candidate = candidates; candidate < end; candidate += 16) {
      if ((best === 0 || isBefore(candidate, best)) && !isSilenced(candidate, winners, found, radius)) best = candidate;
    }
    if (best === 0) break;
    const winner = at(winners, 4 * found++);
    v128.store(winner, v128.load(best));
    store<i32>(winner, time, 12);
  }
  return found;
}

@inline
function isBefore(candidate: usize, other: usize): bool {
  const potential = load<f32>(candidate, 12);
  const against = load<f32>(other, 12);
  return potential > against || (potential === against && load<i32>(candidate) < load<i32>(other));
}

@inline
function isSilenced(candidate: usize, winners: usize, found: i32, radius: i32): bool {
  for (let i = 0; i < found; i++) {
    const winner = at(winners, 4 * i);
    if (load<i32>(winner) === load<i32>(candidate)) return true;
    const down = abs(load<i32>(winner, 4) - load<i32>(candidate, 4));
    const right = abs(load<i32>(winner, 8) - load<i32>(candidate, 8));
    if (radius > 0 && down <= radius && right <= radius) return true;
  }
  return false;
}
