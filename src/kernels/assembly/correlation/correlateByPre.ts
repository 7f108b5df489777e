import { bucket, fillBuckets, graded, quotient, reciprocal } from '../change/buckets';
import { sumRows } from '../change/sumRows';
import { addScaled, at } from '../lanes';
import { activeOf64 } from '../spikes';
import {
  channels,
  dilationX,
  dilationY,
  filledOutputs,
  height,
  kernelHeight,
  kernelWidth,
  outHeight,
  outputs,
  outWidth,
  padLeft,
  padTop,
  strideX,
  strideY,
  taps,
  width,
} from './geometry';
import { frameOutput, frameWords } from './padding';

// Each input spike adds, to the sums of each tap, the activity of the output that sees it there. The sums are
// [taps, filled outputs].

/** Words of the sums. */
export function sumsWords(): i32 {
  return taps() * filledOutputs();
}

/** Adds one image's part. */
export function correlateByPre(pre: usize, post: usize, sums: usize, scratch: usize): void {
  if (strideX > 1 || strideY > 1) scatter(pre, post, sums);
  else gather(pre, post, sums, scratch);
}

/** Spike by spike: with strides only some taps have an output that sees it. */
function scatter(pre: usize, post: usize, sums: usize): void {
  const count = height * width * channels;
  const byChannels = reciprocal(channels);
  const byColumns = reciprocal(width);
  const tap = at(0, channels * filledOutputs());
  for (let i = 0; i < count; i += 64) {
    for (let mask = activeOf64(pre, i, count); mask; mask &= mask - 1) {
      const k = i + <i32>ctz(mask);
      const position = quotient(k, byChannels);
      const y = quotient(position, byColumns) + padTop;
      const x = position - quotient(position, byColumns) * width + padLeft;
      const z = load<f32>(at(pre, k));
      let row = at(sums, (k - position * channels) * filledOutputs());
      for (let kernelY = 0; kernelY < kernelHeight; kernelY++) {
        const line = seenAt(y - kernelY * dilationY, strideY, outHeight);
        if (line >= 0) addAlong(row, tap, line, x, z, post);
        row += tap * kernelWidth;
      }
    }
  }
}

/** The taps of one row of the kernel. */
@inline
function addAlong(sum: usize, tap: usize, line: i32, x: i32, z: f32, post: usize): void {
  for (let kernelX = 0; kernelX < kernelWidth; kernelX++) {
    const column = seenAt(x - kernelX * dilationX, strideX, outWidth);
    if (column >= 0) addScaled(sum + tap * kernelX, at(post, (line * outWidth + column) * outputs), z, outputs);
  }
}

/** The output whose window begins at a place of the padded input; −1 when none does. */
@inline
function seenAt(place: i32, stride: i32, count: i32): i32 {
  if (place < 0) return -1;
  if (stride === 1) return place < count ? place : -1;
  return place % stride === 0 && place / stride < count ? place / stride : -1;
}

/** Tap by tap in registers. */
function gather(pre: usize, post: usize, sums: usize, scratch: usize): void {
  const filled = filledOutputs();
  const borderY = (kernelHeight - 1) * dilationY;
  const borderX = (kernelWidth - 1) * dilationX;
  const framed = scratch;
  const ends = at(framed, frameWords(borderY, borderX));
  const buckets = at(ends, channels);
  const rowBytes = at(0, (outWidth + 2 * borderX) * filled);
  frameOutput(post, framed, borderY, borderX);
  fillBuckets(height, width, channels, pre, rowBytes, at(0, filled), ends, buckets);
  const corner = framed + rowBytes * (borderY + padTop) + at(0, (borderX + padLeft) * filled);
  const ones = !graded;
  for (let c = 0; c < channels; c++) {
    const first = bucket(buckets, height * width, c);
    const end = <usize>load<u32>(at(ends, c));
    if (first === end) continue;
    for (let y = 0; y < kernelHeight; y++) {
      for (let x = 0; x < kernelWidth; x++) {
        const base = corner - rowBytes * y * dilationY - at(0, x * dilationX * filled);
        sumRows(at(sums, ((y * kernelWidth + x) * channels + c) * filled), base, first, end, filled, ones);
      }
    }
  }
}
