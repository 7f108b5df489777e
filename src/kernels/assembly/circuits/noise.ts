import { at } from '../lanes';
import { philox, word0, word1, word2, word3 } from '../philox';
import { log2 } from '../powers';
import { Circuit, Population } from './records';

// Noise of 16 neurons at a time, added to what drives them. The numbers depend on the seed, the step and the neuron alone.

@inline
function draw(circuit: Circuit, p: Population, t: i32, group: i32): usize {
  const index = i32x4.add(i32x4.splat(group), i32x4(0, 1, 2, 3));
  philox(index, i32x4.splat(t), p.streamLow, p.streamHigh, circuit.keyLow, circuit.keyHigh);
  return at(p.drive, 4 * group);
}

@inline
function addTo(address: usize, values: v128): void {
  v128.store(address, f32x4.add(v128.load(address), values));
}

/** Of [low, low + span). */
export function even(circuit: Circuit, p: Population, t: i32, group: i32): void {
  const out = draw(circuit, p, t, group);
  const low = f32x4.splat(p.noiseLow);
  const span = f32x4.splat(p.noiseSpan);
  addTo(out, f32x4.add(low, f32x4.mul(span, share(word0))));
  addTo(out + 16, f32x4.add(low, f32x4.mul(span, share(word1))));
  addTo(out + 32, f32x4.add(low, f32x4.mul(span, share(word2))));
  addTo(out + 48, f32x4.add(low, f32x4.mul(span, share(word3))));
}

/** By Box and Muller's transform: two numbers of two. */
export function normal(circuit: Circuit, p: Population, t: i32, group: i32): void {
  const out = draw(circuit, p, t, group);
  addPair(out, p, word0, word1);
  addPair(out + 32, p, word2, word3);
}

@inline
function addPair(out: usize, p: Population, first: v128, second: v128): void {
  const mean = f32x4.splat(p.noiseLow);
  // −2·ln x = −2·ln 2·log2 x
  const radius = f32x4.mul(f32x4.splat(p.noiseSpan), f32x4.sqrt(f32x4.mul(f32x4.splat(-1.38629436), log2(aboveZero(first)))));
  const turn = share(second);
  const quarters = f32x4.nearest(f32x4.mul(turn, f32x4.splat(4)));
  const angle = f32x4.mul(f32x4.sub(turn, f32x4.mul(quarters, f32x4.splat(0.25))), f32x4.splat(6.28318531));
  const s = sine(angle);
  const c = cosine(angle);
  const quarter = i32x4.trunc_sat_f32x4_s(quarters);
  const isOdd = i32x4.ne(v128.and(quarter, i32x4.splat(1)), i32x4.splat(0));
  const cosSign = i32x4.shl(v128.and(i32x4.add(quarter, i32x4.splat(1)), i32x4.splat(2)), 30);
  const sinSign = i32x4.shl(v128.and(quarter, i32x4.splat(2)), 30);
  addTo(out, f32x4.add(mean, f32x4.mul(radius, v128.xor(v128.bitselect(s, c, isOdd), cosSign))));
  addTo(out + 16, f32x4.add(mean, f32x4.mul(radius, v128.xor(v128.bitselect(c, s, isOdd), sinSign))));
}

/** Even in [0, 1). */
@inline
export function share(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
}

/** Even in (0, 1]. */
@inline
export function aboveZero(words: v128): v128 {
  const upper = i32x4.add(i32x4.shr_u(words, 8), i32x4.splat(1));
  return f32x4.mul(f32x4.convert_i32x4_s(upper), f32x4.splat(5.9604644775390625e-8));
}

/** Within an eighth of a turn, to rounding. */
@inline
function sine(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let sum = f32x4.add(f32x4.splat(0.00833333), f32x4.mul(z, f32x4.splat(-0.000195153)));
  sum = f32x4.add(f32x4.splat(-0.16666667), f32x4.mul(z, sum));
  return f32x4.add(x, f32x4.mul(f32x4.mul(x, z), sum));
}

/** Within an eighth of a turn, to rounding. */
@inline
function cosine(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let sum = f32x4.add(f32x4.splat(-0.00138889), f32x4.mul(z, f32x4.splat(0.0000243904)));
  sum = f32x4.add(f32x4.splat(0.04166667), f32x4.mul(z, sum));
  sum = f32x4.add(f32x4.splat(-0.5), f32x4.mul(z, sum));
  return f32x4.add(f32x4.splat(1), f32x4.mul(z, sum));
}
