import { bucket, fillBuckets, graded } from '../change/buckets';
import { sumRows, sumTwiceThree } from '../change/sumRows';
import { at } from '../lanes';
import {
  channels,
  dilationX,
  dilationY,
  filledOutputs,
  kernelHeight,
  kernelWidth,
  outHeight,
  outputs,
  outWidth,
  reachHeight,
  reachWidth,
  strideX,
  strideY,
} from './geometry';
import { padInput } from './padding';

// Each output spike adds its receptive field to the sums of its map, run by run: with neighbouring taps a row of the field is
// one run of inputs, with dilation each tap is. The sums are [filled outputs, runs, filled run].

/** Words of the sums. */
export function sumsByPostWords(): i32 {
  return filledOutputs() * lineWords();
}

@inline
function run(): i32 {
  return dilationX === 1 ? kernelWidth * channels : channels;
}

@inline
function runsInRow(): i32 {
  return dilationX === 1 ? 1 : kernelWidth;
}

@inline
function filledRun(): i32 {
  return (run() + 3) & ~3;
}

@inline
function lineWords(): i32 {
  return kernelHeight * runsInRow() * filledRun();
}

/** Adds one image's part. */
export function correlateByPost(pre: usize, post: usize, sums: usize, scratch: usize): void {
  const padded = scratch;
  const ends = at(padded, (reachHeight() * reachWidth() * channels + 7) & ~3);
  const buckets = at(ends, outputs);
  const rowBytes = at(0, reachWidth() * channels);
  padInput(pre, padded);
  fillBuckets(outHeight, outWidth, outputs, post, rowBytes * strideY, at(0, channels * strideX), ends, buckets);
  for (let o = 0; o < outputs; o++) {
    const first = bucket(buckets, outHeight * outWidth, o);
    const end = <usize>load<u32>(at(ends, o));
    if (first === end) continue;
    sumField(at(sums, o * lineWords()), padded, rowBytes, first, end, !graded);
  }
}

/** The rows of the fields of one map's spikes. */
@inline
function sumField(sum: usize, field: usize, rowBytes: usize, first: usize, end: usize, ones: bool): void {
  const filled = filledRun();
  const runs = runsInRow();
  let y = 0;
  if (ones && filled === 12 && runs === 1) {
    for (; y + 2 <= kernelHeight; y += 2) {
      const row = field + rowBytes * y * dilationY;
      sumTwiceThree(sum, sum + 48, row, row + rowBytes * dilationY, first, end);
      sum += 96;
    }
  }
  for (; y < kernelHeight; y++) {
    for (let r = 0; r < runs; r++) {
      sumRows(sum, field + rowBytes * y * dilationY + at(0, r * dilationX * channels), first, end, filled, ones);
      sum = at(sum, filled);
    }
  }
}

/** Adds the sums to sums by pre, [taps, filled outputs]. */
export function foldSums(byPost: usize, sums: usize): void {
  const line = at(0, lineWords());
  const filled = at(0, filledOutputs());
  const length = run();
  const runs = kernelHeight * runsInRow();
  for (let o = 0; o < outputs; o += 4) {
    let from = at(byPost, o * lineWords());
    let to = at(sums, o);
    for (let r = 0; r < runs; r++) {
      for (let i = 0; i < length; i += 4) {
        addTransposed(at(from, i), line, to, filled, min(4, length - i));
        to += filled * min(4, length - i);
      }
      from = at(from, filledRun());
    }
  }
}

/** Four columns of four rows become up to four rows of four columns. */
@inline
function addTransposed(from: usize, line: usize, to: usize, filled: usize, rows: i32): void {
  const a = v128.load(from);
  const b = v128.load(from + line);
  const c = v128.load(from + 2 * line);
  const d = v128.load(from + 3 * line);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  addTo(to, v128.shuffle<i64>(ab, cd, 0, 2));
  if (rows > 1) addTo(to + filled, v128.shuffle<i64>(ab, cd, 1, 3));
  if (rows < 3) return;
  const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  addTo(to + 2 * filled, v128.shuffle<i64>(ef, gh, 0, 2));
  if (rows > 3) addTo(to + 3 * filled, v128.shuffle<i64>(ef, gh, 1, 3));
}

@inline
function addTo(p: usize, values: v128): void {
  v128.store(p, f32x4.add(v128.load(p), values));
}
