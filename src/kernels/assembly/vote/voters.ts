import { at } from '../lanes';

// Neurons that compete for an image by how like it their weights are: the potential is w · x, both of length 1, and x is √feature of an
// image over its length. Weights are [blocks, inputs, 32 neurons], so that what an input adds to a block stands side by side.

/** Neurons of a block: eight vectors, which registers hold. */
export const BLOCK: i32 = 32;
/** Bytes of a block's weights for one input. */
export const LINE: usize = 128;
/** Images that see a block one after the other while a cache holds it. */
export const BATCH: i32 = 8;

export let NEURONS: i32 = 0;
export let SIZE: i32 = 0;
let WEIGHTS: usize = 0;
export let THRESHOLDS: usize = 0;
/** What weights are times their scale; that is 1 but in the midst of learning. */
export let SCALES: usize = 0;
/** Of each image of a batch `[BATCH, filled]`. */
let POTENTIALS: usize = 0;
/** Inputs of each image that are not 0, `[BATCH, SIZE]`: where their line begins in a block, and how large they are. */
export let LINES: usize = 0;
export let VALUES: usize = 0;
/** How many those are. */
export let COUNTS: usize = 0;

/** Neurons, filled up to whole blocks. */
export function filledVoters(neurons: i32): i32 {
  return ((neurons + BLOCK - 1) / BLOCK) * BLOCK;
}

/** Words that {@link setVoters} needs beside weights and thresholds. */
export function voterWords(neurons: i32, size: i32): i32 {
  return (BATCH + 1) * filledVoters(neurons) + BATCH * (2 * size + 1);
}

/**
 * Who competes.
 *
 * @param weights     `[blocks, size, 32]`, 0 behind the last neuron.
 * @param thresholds  `[neurons]`: what is taken from a potential where neurons compete while they learn.
 * @param scratch     so many words as {@link voterWords} tells.
 */
export function setVoters(neurons: i32, size: i32, weights: usize, thresholds: usize, scratch: usize): void {
  NEURONS = neurons;
  SIZE = size;
  WEIGHTS = weights;
  THRESHOLDS = thresholds;
  const filled = filledVoters(neurons);
  SCALES = scratch;
  POTENTIALS = at(SCALES, filled);
  LINES = at(POTENTIALS, BATCH * filled);
  VALUES = at(LINES, BATCH * size);
  COUNTS = at(VALUES, BATCH * size);
  for (let n = 0; n < filled; n++) store<f32>(at(SCALES, n), 1);
}

/**
 * The neurons that are most like each image, the lowest first of equal ones.
 *
 * @param voters  so many of each image.
 * @param out     receives `[count, voters, 2]`: the number of the neuron, as a float, and its potential.
 */
export function findVoters(count: i32, features: usize, voters: i32, out: usize): void {
  for (let first = 0; first < count; first += BATCH) {
    const images = min(BATCH, count - first);
    takeImages(images, at(features, first * SIZE));
    for (let image = 0; image < images; image++) {
      const potentials = potentialsOf(image);
      for (let k = 0; k < voters; k++, out += 8) {
        let best = 0;
        for (let n = 1; n < NEURONS; n++) if (load<f32>(at(potentials, n)) > load<f32>(at(potentials, best))) best = n;
        store<f32>(out, <f32>best);
        store<f32>(out, load<f32>(at(potentials, best)), 4);
        store<f32>(at(potentials, best), -1);
      }
    }
  }
}

/** Takes up a batch of images, and finds the potential of each neuron for each. */
export function takeImages(images: i32, features: usize): void {
  for (let image = 0; image < images; image++) takeInputs(image, at(features, image * SIZE));
  for (let first = 0; first < NEURONS; first += BLOCK) for (let image = 0; image < images; image++) addInputs(first, image);
}

/** Takes up the inputs of an image. */
export function takeInputs(image: i32, features: usize): void {
  const lines = at(LINES, image * SIZE);
  const values = at(VALUES, image * SIZE);
  let count = 0;
  let sum: f32 = 0;
  for (let i = 0; i < SIZE; i++) {
    const feature = load<f32>(at(features, i));
    if (!(feature > 0)) continue;
    store<u32>(at(lines, count), i * <u32>LINE);
    store<f32>(at(values, count++), feature);
    sum += feature;
  }
  for (let k = 0; k < count; k++) store<f32>(at(values, k), sqrt<f32>(load<f32>(at(values, k)) / sum));
  store<i32>(at(COUNTS, image), count);
}

/** The potentials of a block for an image. */
export function addInputs(first: i32, image: i32): void {
  const weights = blockOf(first);
  const potentials = at(potentialsOf(image), first);
  const scales = at(SCALES, first);
  const values = at(VALUES, image * SIZE);
  const end = at(values, load<i32>(at(COUNTS, image)));
  let line = at(LINES, image * SIZE);
  const zero = f32x4.splat(0);
  let a = zero;
  let b = zero;
  let c = zero;
  let d = zero;
  let e = zero;
  let f = zero;
  let g = zero;
  let h = zero;
  for (let value = values; value < end; value += 4, line += 4) {
    const w = weights + <usize>load<u32>(line);
    const x = v128.load32_splat(value);
    a = f32x4.add(a, f32x4.mul(x, v128.load(w)));
    b = f32x4.add(b, f32x4.mul(x, v128.load(w, 16)));
    c = f32x4.add(c, f32x4.mul(x, v128.load(w, 32)));
    d = f32x4.add(d, f32x4.mul(x, v128.load(w, 48)));
    e = f32x4.add(e, f32x4.mul(x, v128.load(w, 64)));
    f = f32x4.add(f, f32x4.mul(x, v128.load(w, 80)));
    g = f32x4.add(g, f32x4.mul(x, v128.load(w, 96)));
    h = f32x4.add(h, f32x4.mul(x, v128.load(w, 112)));
  }
  v128.store(potentials, f32x4.mul(a, v128.load(scales)));
  v128.store(potentials, f32x4.mul(b, v128.load(scales, 16)), 16);
  v128.store(potentials, f32x4.mul(c, v128.load(scales, 32)), 32);
  v128.store(potentials, f32x4.mul(d, v128.load(scales, 48)), 48);
  v128.store(potentials, f32x4.mul(e, v128.load(scales, 64)), 64);
  v128.store(potentials, f32x4.mul(f, v128.load(scales, 80)), 80);
  v128.store(potentials, f32x4.mul(g, v128.load(scales, 96)), 96);
  v128.store(potentials, f32x4.mul(h, v128.load(scales, 112)), 112);
}

/** Where the weights of a neuron's block begin. */
@inline
export function blockOf(n: i32): usize {
  return WEIGHTS + <usize>(n / BLOCK) * <usize>SIZE * LINE;
}

/** Where the potentials of an image are. */
@inline
export function potentialsOf(image: i32): usize {
  return at(POTENTIALS, image * filledVoters(NEURONS));
}
