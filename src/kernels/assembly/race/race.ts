import { at } from '../lanes';

// Neurons that integrate inputs without leak, each of which spikes once or never, and fire once, when their potential comes above a
// threshold. They race for the answer: those of a class stand side by side, the targets among them first. Times are in [0, 1), 1 is never.

/** Spikes between two looks at the thresholds, at least; inputs of one time are never apart. */
const CHUNK: i32 = 16;
/** Neurons that integrate side by side. */
const ABREAST: i32 = 5;

export let NEURONS: i32 = 0;
export let SIZE: i32 = 0;
export let MEMBERS: i32 = 0;
let WEIGHTS: usize = 0;
export let THRESHOLDS: usize = 0;
let TIMES: usize = 0;
let POTENTIALS: usize = 0;
let ENDS: usize = 0;
/** Spikes of an image: which inputs, and when, the earliest first. */
export let INPUTS: usize = 0;
export let SPIKES: usize = 0;
/** Pieces in which they are looked at. */
export let CHUNKS: i32 = 0;

/** Words that {@link setRace} needs beside the weights. */
export function raceWords(neurons: i32, size: i32): i32 {
  return 3 * neurons + size;
}

/**
 * What races: neurons, inputs, neurons of a class; weights `[neurons, inputs]`, one threshold for all.
 *
 * @param scratch  so many words as {@link raceWords} tells.
 */
export function setRace(neurons: i32, size: i32, members: i32, threshold: f32, weights: usize, scratch: usize): void {
  NEURONS = neurons;
  SIZE = size;
  MEMBERS = members;
  WEIGHTS = weights;
  THRESHOLDS = scratch;
  TIMES = at(scratch, neurons);
  POTENTIALS = at(scratch, 2 * neurons);
  ENDS = at(scratch, 3 * neurons);
  for (let n = 0; n < neurons; n++) store<f32>(at(THRESHOLDS, n), threshold);
}

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
    raceUntil(0, NEURONS, CHUNKS, false);
    const best = firstOf(0, NEURONS);
    store<i32>(at(answers, image), best);
    store<f32>(at(times, image), timeOf(best));
  }
}

/** Takes up the spikes of an image, and forgets who fired. Answers how many spikes there are. */
export function beginRace(image: i32, starts: usize, inputs: usize, spikes: usize): i32 {
  const first = load<i32>(at(starts, image));
  const count = load<i32>(at(starts, image + 1)) - first;
  INPUTS = at(inputs, first);
  SPIKES = at(spikes, first);
  CHUNKS = 0;
  for (let end = 0; end < count; CHUNKS++) {
    end = min(end + CHUNK, count);
    while (end < count && load<f32>(at(SPIKES, end)) === load<f32>(at(SPIKES, end - 1))) end++;
    store<i32>(at(ENDS, CHUNKS), end);
  }
  for (let n = 0; n < NEURONS; n++) {
    store<f32>(at(TIMES, n), 1);
    store<f32>(at(POTENTIALS, n), 0);
  }
  return count;
}

/**
 * Has neurons race until the first has fired, or `all`. What fires later than the first may be taken to be silent.
 *
 * @param chunks  after which none of them can be the first.
 */
export function raceUntil(from: i32, to: i32, chunks: i32, all: bool): void {
  for (let n = from; n < to; n += ABREAST) chunks = raceAbreast(n, to - 1, chunks, all);
}

/** Has a few neurons race; answers in how many chunks the first fired. Behind the last it stands for those that are missing. */
export function raceAbreast(a: i32, last: i32, chunks: i32, all: bool): i32 {
  const b = min(a + 1, last);
  const c = min(a + 2, last);
  const d = min(a + 3, last);
  const e = min(a + 4, last);
  const aWeights = weightsOf(a);
  const bWeights = weightsOf(b);
  const cWeights = weightsOf(c);
  const dWeights = weightsOf(d);
  const eWeights = weightsOf(e);
  let aSum: f32 = 0;
  let bSum: f32 = 0;
  let cSum: f32 = 0;
  let dSum: f32 = 0;
  let eSum: f32 = 0;
  let from = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const end = load<i32>(at(ENDS, chunk));
    for (let p = at(INPUTS, from), stop = at(INPUTS, end); p < stop; p += 4) {
      const o = (<usize>load<u32>(p)) << 2;
      aSum += load<f32>(aWeights + o);
      bSum += load<f32>(bWeights + o);
      cSum += load<f32>(cWeights + o);
      dSum += load<f32>(dWeights + o);
      eSum += load<f32>(eWeights + o);
    }
    const fired =
      reaches(a, aSum, end) | reaches(b, bSum, end) | reaches(c, cSum, end) | reaches(d, dSum, end) | reaches(e, eSum, end);
    if (fired && !all) return chunk + 1;
    from = end;
  }
  return chunks;
}

/** Notes the potential of a neuron at the end of a chunk. Answers whether it has fired by then. */
@inline
function reaches(n: i32, potential: f32, end: i32): bool {
  if (potential <= thresholdOf(n)) {
    store<f32>(at(POTENTIALS, n), potential);
    return false;
  }
  if (timeOf(n) === 1) fire(n, end);
  return true;
}

/** Looks for the time before the end of a chunk at which a neuron fires. */
export function fire(n: i32, end: i32): void {
  const weights = weightsOf(n);
  const threshold = thresholdOf(n);
  let potential: f32 = 0;
  for (let k = 0; k < end; k++) {
    potential += load<f32>(at(weights, load<i32>(at(INPUTS, k))));
    if (potential <= threshold) continue;
    const time = load<f32>(at(SPIKES, k));
    if (k + 1 < end && load<f32>(at(SPIKES, k + 1)) === time) continue;
    store<f32>(at(TIMES, n), time);
    store<f32>(at(POTENTIALS, n), potential);
    return;
  }
}

/** The first to fire of some neurons. */
export function firstOf(from: i32, to: i32): i32 {
  let best = from;
  for (let n = from + 1; n < to; n++) if (isBefore(n, best)) best = n;
  return best;
}

@inline
export function isBefore(a: i32, b: i32): bool {
  const first = timeOf(a);
  const second = timeOf(b);
  return first < second || (first === second && load<f32>(at(POTENTIALS, a)) > load<f32>(at(POTENTIALS, b)));
}

@inline
export function timeOf(n: i32): f32 {
  return load<f32>(at(TIMES, n));
}

@inline
export function weightsOf(n: i32): usize {
  return at(WEIGHTS, n * SIZE);
}

@inline
function thresholdOf(n: i32): f32 {
  return load<f32>(at(THRESHOLDS, n));
}
