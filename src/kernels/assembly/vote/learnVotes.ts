import { at } from '../lanes';
import {
  addInputs,
  BATCH,
  BLOCK,
  blockOf,
  COUNTS,
  LINE,
  LINES,
  NEURONS,
  potentialsOf,
  SCALES,
  SIZE,
  THRESHOLDS,
  takeImages,
  VALUES,
} from './voters';

// How neurons that compete for images learn.

/**
 * Has neurons learn from one image after the other: the one that is most like it, less its threshold, becomes more like it,
 * w = (w + eta (x − w)) / |…|, and its threshold grows.
 *
 * @param features  `[count, size]`.
 * @param eta       for the first image; for each next one it is `decay` times that.
 * @returns the sum of the potentials of those that learned.
 */
export function learnVotes(count: i32, features: usize, eta: f32, decay: f32, etaThreshold: f32): f64 {
  let sum: f64 = 0;
  for (let first = 0; first < count; first += BATCH) {
    const images = min(BATCH, count - first);
    takeImages(images, at(features, first * SIZE));
    for (let image = 0; image < images; image++) {
      const best = mostLike(image);
      sum += load<f32>(at(potentialsOf(image), best));
      approach(best, image, eta);
      for (let later = image + 1; later < images; later++) addInputs(best - (best % BLOCK), later);
      store<f32>(at(THRESHOLDS, best), load<f32>(at(THRESHOLDS, best)) + etaThreshold);
      eta *= decay;
    }
  }
  for (let first = 0; first < NEURONS; first += BLOCK) settle(first);
  return sum;
}

/** The neuron of the highest potential above its threshold, the lowest of equal ones. */
function mostLike(image: i32): i32 {
  const potentials = potentialsOf(image);
  let best = 0;
  let most: f32 = load<f32>(potentials) - load<f32>(THRESHOLDS);
  for (let n = 1; n < NEURONS; n++) {
    const above = load<f32>(at(potentials, n)) - load<f32>(at(THRESHOLDS, n));
    if (above <= most) continue;
    most = above;
    best = n;
  }
  return best;
}

/** Only inputs of the image are added to; what the other weights lose is a matter of the scale. */
export function approach(n: i32, image: i32, eta: f32): void {
  const count = load<i32>(at(COUNTS, image));
  if (count === 0) return;
  const lines = at(LINES, image * SIZE);
  const values = at(VALUES, image * SIZE);
  const kept: f32 = <f32>1 - eta;
  const like = load<f32>(at(potentialsOf(image), n));
  const length = sqrt<f32>(kept * kept + <f32>2 * kept * eta * like + eta * eta);
  const scale = load<f32>(at(SCALES, n));
  const gain = eta / (kept * scale);
  const weights = at(blockOf(n), n % BLOCK);
  for (let k = 0; k < count; k++) {
    const w = weights + <usize>load<u32>(at(lines, k));
    store<f32>(w, load<f32>(w) + gain * load<f32>(at(values, k)));
  }
  store<f32>(at(SCALES, n), (scale * kept) / length);
  if (load<f32>(at(SCALES, n)) < 1e-6) settle(n - (n % BLOCK));
}

/** Brings the weights of a block to length 1, and their scales with them. */
export function settle(first: i32): void {
  const weights = blockOf(first);
  const end = weights + <usize>SIZE * LINE;
  for (let lane: usize = 0; lane < LINE; lane += 16) {
    let sum = f32x4.splat(0);
    for (let w = weights + lane; w < end; w += LINE) sum = f32x4.add(sum, f32x4.mul(v128.load(w), v128.load(w)));
    const some = f32x4.gt(sum, f32x4.splat(0));
    const factor = v128.bitselect(f32x4.div(f32x4.splat(1), f32x4.sqrt(sum)), f32x4.splat(0), some);
    for (let w = weights + lane; w < end; w += LINE) v128.store(w, f32x4.mul(v128.load(w), factor));
    v128.store(at(SCALES, first) + lane, f32x4.splat(1));
  }
}
