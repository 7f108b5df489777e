import { at } from '../lanes';
import { beginRace, CLASSES, firstOf, isBefore, laneOf, MEMBERS, timeOf, UNITS } from './race';
import { ANY, raceUnitsUntil } from './raceAbreast';

/**
 * The neuron that answers each image: the first to fire, of several the one with the highest potential, the lowest number on ties.
 *
 * @param starts   `[count + 1]`: where the spikes of each image begin.
 * @param inputs   of the spikes, by image, the earliest first.
 * @param spikes   when.
 * @param answers  `[count]`.
 * @param times    `[count]`: when it fired, 1 when nobody did.
 */
export function runRaces(count: i32, starts: usize, inputs: usize, spikes: usize, answers: usize, times: usize): void {
  for (let image = 0; image < count; image++) {
    beginRace(image, starts, inputs, spikes);
    raceUnitsUntil(0, UNITS, ANY, 0, 0);
    let best = 0;
    for (let own = 0; own < CLASSES; own++) {
      const first = firstOf(own, MEMBERS);
      if (isBefore(laneOf(own, first), laneOf(best / MEMBERS, best % MEMBERS))) best = own * MEMBERS + first;
    }
    store<i32>(at(answers, image), best);
    store<f32>(at(times, image), timeOf(laneOf(best / MEMBERS, best % MEMBERS)));
  }
}
