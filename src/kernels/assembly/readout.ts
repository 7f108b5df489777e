import { at } from './lanes';

// A linear read-out of features, many rows at once. Weights and gradients are [size, filled classes], scores and slopes
// [rows, filled classes]; classes are filled up to a multiple of twelve, three vectors, which four rows keep in registers.

/** Features of a block whose weights stay in the first cache. */
const BLOCK: i32 = 512;

/** features = (features − mean) · inverse, in place. */
export function standardise(rows: i32, size: i32, features: usize, mean: usize, inverse: usize): void {
  const bytes = at(0, size);
  const whole = at(0, size & ~3);
  for (let row = 0; row < rows; row++) {
    let o: usize = 0;
    for (; o < whole; o += 16) {
      const centred = f32x4.sub(v128.load(features + o), v128.load(mean + o));
      v128.store(features + o, f32x4.mul(centred, v128.load(inverse + o)));
    }
    for (; o < bytes; o += 4) store<f32>(features + o, (load<f32>(features + o) - load<f32>(mean + o)) * load<f32>(inverse + o));
    features += bytes;
  }
}

/** scores = bias + features · weights. `rows` is a multiple of four. */
export function readScores(rows: i32, size: i32, filled: i32, features: usize, weights: usize, bias: usize, scores: usize): void {
  for (let row = 0; row < rows; row++) memory.copy(at(scores, row * filled), bias, at(0, filled));
  for (let first = 0; first < size; first += BLOCK) {
    const length = min(BLOCK, size - first);
    for (let c = 0; c < filled; c += 12) {
      const block = at(weights, first * filled + c);
      for (let row = 0; row < rows; row += 4)
        readFour(length, at(features, row * size + first), at(0, size), block, at(0, filled), at(scores, row * filled + c));
    }
  }
}

/** scores of four rows and twelve classes += features · weights. */
export function readFour(count: i32, features: usize, below: usize, weights: usize, line: usize, scores: usize): void {
  const next = line;
  let a = v128.load(scores);
  let b = v128.load(scores, 16);
  let c = v128.load(scores, 32);
  let d = v128.load(scores + next);
  let e = v128.load(scores + next, 16);
  let f = v128.load(scores + next, 32);
  let g = v128.load(scores + 2 * next);
  let h = v128.load(scores + 2 * next, 16);
  let i = v128.load(scores + 2 * next, 32);
  let j = v128.load(scores + 3 * next);
  let k = v128.load(scores + 3 * next, 16);
  let l = v128.load(scores + 3 * next, 32);
  for (const end = at(features, count); features < end; features += 4) {
    const x = v128.load(weights);
    const y = v128.load(weights, 16);
    const z = v128.load(weights, 32);
    const first = v128.load32_splat(features);
    const second = v128.load32_splat(features + below);
    const third = v128.load32_splat(features + 2 * below);
    const fourth = v128.load32_splat(features + 3 * below);
    a = f32x4.add(a, f32x4.mul(first, x));
    b = f32x4.add(b, f32x4.mul(first, y));
    c = f32x4.add(c, f32x4.mul(first, z));
    d = f32x4.add(d, f32x4.mul(second, x));
    e = f32x4.add(e, f32x4.mul(second, y));
    f = f32x4.add(f, f32x4.mul(second, z));
    g = f32x4.add(g, f32x4.mul(third, x));
    h = f32x4.add(h, f32x4.mul(third, y));
    i = f32x4.add(i, f32x4.mul(third, z));
    j = f32x4.add(j, f32x4.mul(fourth, x));
    k = f32x4.add(k, f32x4.mul(fourth, y));
    l = f32x4.add(l, f32x4.mul(fourth, z));
    weights += line;
  }
  v128.store(scores, a);
  v128.store(scores, b, 16);
  v128.store(scores, c, 32);
  v128.store(scores + next, d);
  v128.store(scores + next, e, 16);
  v128.store(scores + next, f, 32);
  v128.store(scores + 2 * next, g);
  v128.store(scores + 2 * next, h, 16);
  v128.store(scores + 2 * next, i, 32);
  v128.store(scores + 3 * next, j);
  v128.store(scores + 3 * next, k, 16);
  v128.store(scores + 3 * next, l, 32);
}

/**
 * The squared hinge of each class against all others, in place: scores become slopes, −y · max(0, 1 − y · score), 0 for the
 * filling. Answers half the sum of squares.
 *
 * @param labels  a number for each row; `rows` counts rows that have one.
 */
export function hinge(rows: i32, classes: i32, filled: i32, scores: usize, labels: usize): f64 {
  let loss: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(at(labels, row));
    for (let c = 0; c < filled; c++) {
      const p = at(scores, row * filled + c);
      const y: f32 = c === label ? 1 : -1;
      const margin: f32 = <f32>1 - y * load<f32>(p);
      if (c < classes && margin > 0) {
        loss += 0.5 * <f64>margin * <f64>margin;
        store<f32>(p, -y * margin);
      } else store<f32>(p, 0);
    }
  }
  return loss;
}

/** gradient += features · slopes. `rows` is a multiple of four; slopes of rows behind the last are 0. */
export function addGradient(rows: i32, size: i32, filled: i32, features: usize, slopes: usize, gradient: usize): void {
  for (let first = 0; first < size; first += BLOCK) {
    const length = min(BLOCK, size - first);
    for (let c = 0; c < filled; c += 12) {
      const block = at(gradient, first * filled + c);
      for (let row = 0; row < rows; row += 4)
        addFour(length, at(features, row * size + first), at(0, size), at(slopes, row * filled + c), at(0, filled), block);
    }
  }
}

/** gradient of twelve classes += features · slopes of four rows. */
export function addFour(count: i32, features: usize, below: usize, slopes: usize, line: usize, gradient: usize): void {
  const a = v128.load(slopes);
  const b = v128.load(slopes, 16);
  const c = v128.load(slopes, 32);
  const d = v128.load(slopes + line);
  const e = v128.load(slopes + line, 16);
  const f = v128.load(slopes + line, 32);
  const g = v128.load(slopes + 2 * line);
  const h = v128.load(slopes + 2 * line, 16);
  const i = v128.load(slopes + 2 * line, 32);
  const j = v128.load(slopes + 3 * line);
  const k = v128.load(slopes + 3 * line, 16);
  const l = v128.load(slopes + 3 * line, 32);
  const any = v128.or(v128.or(v128.or(a, b), v128.or(c, d)), v128.or(v128.or(e, f), v128.or(g, h)));
  if (!v128.any_true(v128.or(any, v128.or(v128.or(i, j), v128.or(k, l))))) return;
  for (const end = at(features, count); features < end; features += 4) {
    const first = v128.load32_splat(features);
    const second = v128.load32_splat(features + below);
    const third = v128.load32_splat(features + 2 * below);
    const fourth = v128.load32_splat(features + 3 * below);
    let x = f32x4.add(v128.load(gradient), f32x4.mul(first, a));
    let y = f32x4.add(v128.load(gradient, 16), f32x4.mul(first, b));
    let z = f32x4.add(v128.load(gradient, 32), f32x4.mul(first, c));
    x = f32x4.add(x, f32x4.mul(second, d));
    y = f32x4.add(y, f32x4.mul(second, e));
    z = f32x4.add(z, f32x4.mul(second, f));
    x = f32x4.add(x, f32x4.mul(third, g));
    y = f32x4.add(y, f32x4.mul(third, h));
    z = f32x4.add(z, f32x4.mul(third, i));
    v128.store(gradient, f32x4.add(x, f32x4.mul(fourth, j)));
    v128.store(gradient, f32x4.add(y, f32x4.mul(fourth, k)), 16);
    v128.store(gradient, f32x4.add(z, f32x4.mul(fourth, l)), 32);
    gradient += line;
  }
}
