import { at } from '../lanes';

// Neurons that integrate inputs without leak, each of which spikes once or never, and fire once, when their potential comes above a
// threshold. They race for the answer. Times are in [0, 1), 1 is never.
//
// Four neurons of different classes are a unit, one in each lane: of each class one learns from an image, often those of one unit. Units of
// the same four classes stand side by side, one for each neuron of a class, the targets first. Where classes end, lanes are empty.

/** Units that integrate side by side. */
export const ABREAST: i32 = 5;

export let CLASSES: i32 = 0;
export let MEMBERS: i32 = 0;
export let SIZE: i32 = 0;
export let UNITS: i32 = 0;
export let THRESHOLD: f32 = 0;
let WEIGHTS: usize = 0;
/** Of each lane: the sum of its weights above which it fires, when, and its potential then. */
export let TOPS: usize = 0;
export let TIMES: usize = 0;
export let POTENTIALS: usize = 0;
/** What the weights of each lane have to be multiplied with. */
export let SCALES: usize = 0;
/** Sums of units that race. */
export let RUNNING: usize = 0;
/** Spikes of an image: which inputs, when, the earliest first, and how many. */
export let INPUTS: usize = 0;
export let SPIKES: usize = 0;
export let SPIKED: i32 = 0;

/** Units of so many classes. */
export function raceUnits(classes: i32, members: i32): i32 {
  return ((classes + 3) >> 2) * members;
}

/** Words that {@link setRace} needs beside the weights. */
export function raceWords(classes: i32, members: i32): i32 {
  return 16 * raceUnits(classes, members) + 4 * ABREAST;
}

/**
 * What races: neurons, those of a class, inputs; one threshold for all.
 *
 * @param weights  `[units, inputs, 4]`.
 * @param scratch  so many words as {@link raceWords} tells.
 */
export function setRace(classes: i32, members: i32, size: i32, threshold: f32, weights: usize, scratch: usize): void {
  CLASSES = classes;
  MEMBERS = members;
  SIZE = size;
  UNITS = raceUnits(classes, members);
  THRESHOLD = threshold;
  WEIGHTS = weights;
  TOPS = scratch;
  TIMES = at(TOPS, 4 * UNITS);
  POTENTIALS = at(TIMES, 4 * UNITS);
  SCALES = at(POTENTIALS, 4 * UNITS);
  RUNNING = at(SCALES, 4 * UNITS);
  for (let unit = 0; unit < UNITS; unit++) v128.store(ofUnit(SCALES, unit), f32x4.splat(1));
}

/** Takes up the spikes of an image, and forgets who fired. */
export function beginRace(image: i32, starts: usize, inputs: usize, spikes: usize): void {
  const first = load<i32>(at(starts, image));
  SPIKED = load<i32>(at(starts, image + 1)) - first;
  INPUTS = at(inputs, first);
  SPIKES = at(spikes, first);
  for (let unit = 0; unit < UNITS; unit++) {
    v128.store(ofUnit(TIMES, unit), f32x4.splat(1));
    v128.store(ofUnit(TOPS, unit), f32x4.div(f32x4.splat(THRESHOLD), v128.load(ofUnit(SCALES, unit))));
  }
}

/** Which of the first neurons of a class is the first to fire. */
export function firstOf(own: i32, members: i32): i32 {
  let best = 0;
  for (let member = 1; member < members; member++) if (isBefore(laneOf(own, member), laneOf(own, best))) best = member;
  return best;
}

/** Whether a lane fired before another. */
@inline
export function isBefore(a: i32, b: i32): bool {
  const first = timeOf(a);
  const second = timeOf(b);
  return first < second || (first === second && load<f32>(at(POTENTIALS, a)) > load<f32>(at(POTENTIALS, b)));
}

@inline
export function timeOf(lane: i32): f32 {
  return load<f32>(at(TIMES, lane));
}

/** The lane of a neuron of a class. */
@inline
export function laneOf(own: i32, member: i32): i32 {
  return 4 * ((own >> 2) * MEMBERS + member) + (own & 3);
}

@inline
export function weightsOf(unit: i32): usize {
  return WEIGHTS + ((<usize>unit * <usize>SIZE) << 4);
}

/** The address of what four lanes have. */
@inline
export function ofUnit(values: usize, unit: i32): usize {
  return values + ((<usize>unit) << 4);
}
