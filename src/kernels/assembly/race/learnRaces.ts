import { at } from '../lanes';
import { changeUnit, NEVER, scaleAll, setChange } from './changeUnit';
import { beginRace, CLASSES, firstOf, isBefore, laneOf, MEMBERS, ofUnit, SCALES, THRESHOLD, TOPS, timeOf, UNITS } from './race';
import { raceUnitsUntil } from './raceAbreast';

// How neurons that race learn when to fire.

let TARGETS: i32 = 0;
let GAP: f32 = 0;
let ETA_THRESHOLD: f32 = 0;
let WITHIN: bool = false;
let REGULATED: usize = 0;
let ERRORS: usize = 0;

/**
 * How the neurons learn that race.
 *
 * @param within     whether the times that are asked for are bounds (SSTDP), or the very times (S2-STDP).
 * @param targets    neurons of a class that answer.
 * @param sums       `[units, 4]`: what the weights of each are scaled to, 0 for not at all.
 * @param regulated  `[neurons]`: thresholds of targets for images of their class, from one image to the next.
 * @param errors     `[units, 4]`: scratch.
 */
export function setRaceLearning(
  within: bool,
  targets: i32,
  gap: f32,
  etaPlus: f32,
  etaMinus: f32,
  etaThreshold: f32,
  sums: usize,
  regulated: usize,
  errors: usize,
): void {
  WITHIN = within;
  TARGETS = targets;
  GAP = gap;
  ETA_THRESHOLD = etaThreshold;
  setChange(etaPlus, etaMinus, sums);
  REGULATED = regulated;
  ERRORS = errors;
}

/**
 * {@link runRaces}, and the neurons learn from each image.
 *
 * @param images  `[count]`: which ones of those that have spikes.
 * @param labels  `[count]`.
 */
export function learnRaces(
  count: i32,
  images: usize,
  labels: usize,
  starts: usize,
  inputs: usize,
  spikes: usize,
  answers: usize,
): void {
  for (let n = 0; n < count; n++) {
    beginRace(load<i32>(at(images, n)), starts, inputs, spikes);
    store<i32>(at(answers, n), learnRace(load<i32>(at(labels, n))));
  }
  for (let unit = 0; unit < UNITS; unit++) scaleAll(unit);
}

/** Has all classes race, and the first of each learn. Answers who was first. */
export function learnRace(label: i32): i32 {
  const regulates = ETA_THRESHOLD > 0 && TARGETS > 1;
  if (regulates) raiseTops(label);
  for (let first = 0; first < UNITS; first += MEMBERS) {
    const lanes = CLASSES - 4 * (first / MEMBERS);
    const own = regulates && label >> 2 === first / MEMBERS ? 1 << (label & 3) : 0;
    raceUnitsUntil(first, first + MEMBERS, (1 << min(lanes, 4)) - 1, own, first + TARGETS);
  }
  if (regulates) regulate(label);
  return learnTimes(label);
}

/** The targets of a class fire above their own thresholds. */
export function raiseTops(own: i32): void {
  for (let member = 0; member < TARGETS; member++) {
    const lane = laneOf(own, member);
    store<f32>(at(TOPS, lane), load<f32>(at(REGULATED, own * MEMBERS + member)) / load<f32>(at(SCALES, lane)));
  }
}

/** The first target of the class comes to fire later than before on such images, the others earlier; none earlier than in a test. */
export function regulate(own: i32): void {
  const best = firstOf(own, TARGETS);
  const share = ETA_THRESHOLD / <f32>TARGETS;
  for (let member = 0; member < TARGETS; member++) {
    const regulated = at(REGULATED, own * MEMBERS + member);
    const threshold = load<f32>(regulated) + (member === best ? share * <f32>(TARGETS - 1) : -share);
    store<f32>(regulated, max(threshold, THRESHOLD));
  }
}

/** The first of each class learns when it should have fired. Answers who was first. */
export function learnTimes(label: i32): i32 {
  let answer = 0;
  let sum: f32 = 0;
  let fired = 0;
  for (let own = 0; own < CLASSES; own++) {
    const best = firstOf(own, MEMBERS);
    const time = timeOf(laneOf(own, best));
    if (isBefore(laneOf(own, best), laneOf(answer / MEMBERS, answer % MEMBERS))) answer = own * MEMBERS + best;
    if (time === NEVER) continue;
    sum += time;
    fired++;
  }
  const later = GAP / <f32>CLASSES;
  const latest: f32 = NEVER - later;
  const mean: f32 = fired > 0 ? min(sum / <f32>fired, latest) : latest;
  for (let own = 0; own < CLASSES; own++) {
    const best = firstOf(own, MEMBERS);
    const lane = laneOf(own, best);
    const time = timeOf(lane);
    const isTarget = own === label && best < TARGETS;
    let wanted: f32 = isTarget ? mean - GAP * (<f32>(CLASSES - 1) / <f32>CLASSES) : mean + later;
    if (WITHIN) wanted = isTarget ? min(time, wanted) : max(time, wanted);
    store<f32>(at(ERRORS, lane), time - wanted);
  }
  for (let unit = 0; unit < UNITS; unit++) {
    const errors = v128.load(ofUnit(ERRORS, unit));
    if (!v128.any_true(f32x4.ne(errors, f32x4.splat(0)))) continue;
    changeUnit(unit, errors);
    v128.store(ofUnit(ERRORS, unit), f32x4.splat(0));
  }
  return answer;
}
