import { at } from '../lanes';
import { philox, word0, word1, word2, word3 } from '../philox';
import { log2 } from '../powers';
import { inputs, rowBytes, steps } from './layer';

// The input of one presentation: every pixel spikes in each step with a probability p of its own. What is drawn is the
// number of steps without a spike before the next one, floor(log2 u / log2(1 − p)) with u even in (0, 1]: a draw for each
// spike in place of one for each step. The spikes are kept as bits, a row of them for each step; one row more takes those
// after the end.

/** Pixels that aren't 0. */
export let pixels: i32 = 0;
/** Their rows of w as byte offsets. */
export let rows: usize = 0;
/** The step of their latest spike, −1 before the first. */
export let lastSpikes: usize = 0;
/** The rows of the pixels that spike in the present step. */
export let events: usize = 0;
let indices: usize = 0;
let scales: usize = 0;
let bits: usize = 0;
/** 64-bit words of a step. */
let words: i32 = 0;

/** Words of memory that {@link placeTrains} takes, at most. */
export function trainWords(inputCount: i32, stepCount: i32): i32 {
  return 5 * listWords(inputCount) + 2 * (stepCount + 1) * ((inputCount + 63) >> 6);
}

/** Lays out what a presentation needs, from `start` on. */
export function placeTrains(start: usize): void {
  const list = at(0, listWords(inputs));
  rows = start;
  lastSpikes = rows + list;
  events = lastSpikes + list;
  indices = events + list;
  scales = indices + list;
  bits = scales + list;
}

/** Whole vectors, whatever the number of pixels. */
@inline
function listWords(count: i32): i32 {
  return (count + 3) & ~3;
}

/**
 * Lists the pixels of an image and draws their spikes. Pixel j uses the blocks first + j, first + j + inputs, … of the
 * stream, whatever the other pixels are.
 *
 * @param table  1 / log2(1 − p) of each of the 256 levels of a pixel.
 */
export function drawTrains(image: usize, table: usize, first: i32, low: u32, high: u32, keyLow: u32, keyHigh: u32): void {
  listPixels(image, table);
  memory.fill(bits, 0, (<usize>(steps * words)) << 3);
  const end = i32x4.splat(steps);
  for (let i = 0; i < pixels; i += 4) {
    const column = bits + ((<usize>i >> 6) << 3);
    const scale = v128.load(at(scales, i));
    const missing = i32x4.gt_s(i32x4(1, 2, 3, 4), i32x4.splat(pixels - i));
    let time = v128.and(missing, end);
    let index = i32x4.add(v128.load(at(indices, i)), i32x4.splat(first));
    do {
      philox(index, i32x4.splat(0), low, high, keyLow, keyHigh);
      time = spike(time, word0, scale, end, column, i);
      time = spike(time, word1, scale, end, column, i);
      time = spike(time, word2, scale, end, column, i);
      time = spike(time, word3, scale, end, column, i);
      index = i32x4.add(index, i32x4.splat(inputs));
    } while (v128.any_true(i32x4.lt_s(time, end)));
  }
}

function listPixels(image: usize, table: usize): void {
  let n = 0;
  for (let j = 0; j < inputs; j++) {
    const level = load<u8>(image + j);
    if (level === 0) continue;
    store<u32>(at(rows, n), j * <u32>rowBytes());
    store<i32>(at(lastSpikes, n), -1);
    store<u32>(at(indices, n), j);
    store<f32>(at(scales, n), load<f32>(at(table, level)));
    n++;
  }
  pixels = n;
  words = (n + 63) >> 6;
}

/** Four pixels' next spikes, from `time` on; answers the steps after them. */
@inline
function spike(time: v128, word: v128, scale: v128, end: v128, column: usize, i: i32): v128 {
  const u = f32x4.mul(f32x4.convert_i32x4_s(i32x4.add(i32x4.shr_u(word, 8), i32x4.splat(1))), f32x4.splat(5.9604644775390625e-8));
  const silent = f32x4.pmin(f32x4.mul(log2(u), scale), f32x4.convert_i32x4_s(end));
  const step = i32x4.min_s(i32x4.add(time, i32x4.trunc_sat_f32x4_s(silent)), end);
  const place = i32x4.mul(step, i32x4.splat(words << 3));
  mark(column + i32x4.extract_lane(place, 0), i);
  mark(column + i32x4.extract_lane(place, 1), i + 1);
  mark(column + i32x4.extract_lane(place, 2), i + 2);
  mark(column + i32x4.extract_lane(place, 3), i + 3);
  return i32x4.add(step, i32x4.splat(1));
}

@inline
function mark(word: usize, i: i32): void {
  store<u64>(word, load<u64>(word) | ((<u64>1) << i));
}

/** Lists the events of a step, in the order of the pixels; answers where the list ends. */
export function listEvents(step: i32): usize {
  let next = events;
  for (let word = 0; word < words; word++) {
    for (let mask = load<u64>(bits + ((<usize>(step * words + word)) << 3)); mask; mask &= mask - 1) {
      const i = (word << 6) + <i32>ctz(mask);
      store<u32>(next, load<u32>(at(rows, i)));
      store<i32>(at(lastSpikes, i), step);
      next += 4;
    }
  }
  return next;
}
