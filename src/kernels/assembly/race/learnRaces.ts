import { at } from '../lanes';
import {
  beginRace,
  CHUNKS,
  firstOf,
  INPUTS,
  isBefore,
  MEMBERS,
  NEURONS,
  raceUntil,
  SIZE,
  SPIKES,
  THRESHOLDS,
  timeOf,
  weightsOf,
} from './race';

// How neurons that race learn when to fire.

/** The time of an input that never spikes: that of an output that never fires, for which all inputs are early. */
const NEVER: f32 = 1;

let TARGETS: i32 = 0;
let THRESHOLD: f32 = 0;
let GAP: f32 = 0;
let ETA_PLUS: f32 = 0;
let ETA_MINUS: f32 = 0;
let ETA_THRESHOLD: f32 = 0;
let WITHIN: bool = false;
let SUMS: usize = 0;
let REGULATED: usize = 0;
let SEEN: usize = 0;

/**
 * How the neurons learn that race.
 *
 * @param within     whether the times that are asked for are bounds (SSTDP), or the very times (S2-STDP).
 * @param targets    neurons of a class that answer.
 * @param sums       `[neurons]`: what the weights of each are scaled to, 0 for not at all.
 * @param regulated  `[neurons]`: thresholds of targets for images of their class, from one image to the next.
 * @param seen       `[inputs]`: scratch.
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
  seen: usize,
): void {
  WITHIN = within;
  TARGETS = targets;
  GAP = gap;
  ETA_PLUS = etaPlus;
  ETA_MINUS = etaMinus;
  ETA_THRESHOLD = etaThreshold;
  THRESHOLD = load<f32>(THRESHOLDS);
  SUMS = sums;
  REGULATED = regulated;
  SEEN = seen;
  for (let input = 0; input < SIZE; input++) store<f32>(at(seen, input), NEVER);
}

/** {@link runRaces}, and the neurons learn from each image. @param labels  `[count]`. */
export function learnRaces(count: i32, starts: usize, inputs: usize, spikes: usize, labels: usize, answers: usize): void {
  for (let image = 0; image < count; image++) {
    const spiked = beginRace(image, starts, inputs, spikes);
    for (let k = 0; k < spiked; k++) store<f32>(at(SEEN, load<i32>(at(INPUTS, k))), load<f32>(at(SPIKES, k)));
    store<i32>(at(answers, image), learnRace(load<i32>(at(labels, image))));
    for (let k = 0; k < spiked; k++) store<f32>(at(SEEN, load<i32>(at(INPUTS, k))), NEVER);
  }
}

/** Has all classes race, and the first of each learn. Answers who was first. */
export function learnRace(label: i32): i32 {
  const own = label * MEMBERS;
  const regulates = ETA_THRESHOLD > 0 && TARGETS > 1;
  if (regulates) for (let n = own; n < own + TARGETS; n++) store<f32>(at(THRESHOLDS, n), load<f32>(at(REGULATED, n)));
  let answer = 0;
  let sum: f32 = 0;
  let fired = 0;
  for (let first = 0; first < NEURONS; first += MEMBERS) {
    raceUntil(first, first + MEMBERS, CHUNKS, regulates && first === own);
    const best = firstOf(first, first + MEMBERS);
    if (isBefore(best, answer)) answer = best;
    if (timeOf(best) === 1) continue;
    sum += timeOf(best);
    fired++;
  }
  if (regulates) regulate(own);
  const classes = NEURONS / MEMBERS;
  const later = GAP / <f32>classes;
  const latest: f32 = <f32>1 - later;
  const mean: f32 = fired > 0 ? min(sum / <f32>fired, latest) : latest;
  for (let first = 0; first < NEURONS; first += MEMBERS) {
    const best = firstOf(first, first + MEMBERS);
    const time = timeOf(best);
    const isTarget = first === own && best < first + TARGETS;
    let wanted: f32 = isTarget ? mean - GAP * (<f32>(classes - 1) / <f32>classes) : mean + later;
    if (WITHIN) wanted = isTarget ? min(time, wanted) : max(time, wanted);
    if (time !== wanted) change(best, time, time - wanted);
  }
  return answer;
}

/** The first target of the class comes to fire later than before on such images, the others earlier; none earlier than in a test. */
export function regulate(own: i32): void {
  const best = firstOf(own, own + TARGETS);
  const share = ETA_THRESHOLD / <f32>TARGETS;
  for (let n = own; n < own + TARGETS; n++) {
    const threshold = load<f32>(at(REGULATED, n)) + (n === best ? share * <f32>(TARGETS - 1) : -share);
    store<f32>(at(REGULATED, n), max(threshold, THRESHOLD));
    store<f32>(at(THRESHOLDS, n), THRESHOLD);
  }
}

/** w = clip(w + error · (inputs up to `time`: etaPlus, later ones: etaMinus), 0, 1), then scaled to their sum. */
export function change(n: i32, time: f32, error: f32): void {
  const early = error * ETA_PLUS;
  const late = error * ETA_MINUS;
  const weights = weightsOf(n);
  const bytes = at(0, SIZE);
  const whole = at(0, SIZE & ~7);
  const earlies = f32x4.splat(early);
  const lates = f32x4.splat(late);
  const times = f32x4.splat(time);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let first = zero;
  let second = zero;
  let o: usize = 0;
  for (; o < whole; o += 32) {
    const a = v128.bitselect(earlies, lates, f32x4.le(v128.load(SEEN + o), times));
    const b = v128.bitselect(earlies, lates, f32x4.le(v128.load(SEEN + o, 16), times));
    const x = f32x4.pmin(f32x4.pmax(f32x4.add(v128.load(weights + o), a), zero), one);
    const y = f32x4.pmin(f32x4.pmax(f32x4.add(v128.load(weights + o, 16), b), zero), one);
    v128.store(weights + o, x);
    v128.store(weights + o, y, 16);
    first = f32x4.add(first, x);
    second = f32x4.add(second, y);
  }
  first = f32x4.add(first, second);
  let sum: f32 =
    f32x4.extract_lane(first, 0) + f32x4.extract_lane(first, 1) + (f32x4.extract_lane(first, 2) + f32x4.extract_lane(first, 3));
  for (; o < bytes; o += 4) {
    const w: f32 = load<f32>(weights + o) + (load<f32>(SEEN + o) <= time ? early : late);
    const clipped: f32 = min(max(w, <f32>0), <f32>1);
    store<f32>(weights + o, clipped);
    sum += clipped;
  }
  const wanted = load<f32>(at(SUMS, n));
  if (wanted > 0 && sum > 0) scale(weights, bytes, wanted / sum);
}

/** w = w · factor. */
export function scale(weights: usize, bytes: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  const whole = bytes & ~31;
  let o: usize = 0;
  for (; o < whole; o += 32) {
    v128.store(weights + o, f32x4.mul(v128.load(weights + o), factors));
    v128.store(weights + o, f32x4.mul(v128.load(weights + o, 16), factors), 16);
  }
  for (; o < bytes; o += 4) store<f32>(weights + o, load<f32>(weights + o) * factor);
}
