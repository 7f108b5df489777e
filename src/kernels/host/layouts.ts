import { floatAt } from '../../core/at.js';

/** Sizes of a latency-coded convolution: its input, its square kernel, its maps. Strides are 1. */
export interface Field {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelSize: number;
  readonly pad: number;
  readonly maps: number;
}

// Weights are [kernelSize, kernelSize, channels, maps] for everybody else. The kernels want all maps of a tap side by side, filled
// up with zeros to whole vectors.

/** Maps with filling. */
export const filledMaps = (maps: number): number => Math.ceil(maps / 16) * 16;

type Weights = Pick<Field, 'kernelSize' | 'channels' | 'maps'>;

/** Calls for each tap with the index of its first weight. */
function eachTap(
  { kernelSize, channels, maps }: Weights,
  visit: (y: number, x: number, channel: number, at: number) => void,
): void {
  for (let y = 0; y < kernelSize; y++) {
    for (let x = 0; x < kernelSize; x++)
      for (let channel = 0; channel < channels; channel++)
        visit(y, x, channel, ((y * kernelSize + x) * channels + channel) * maps);
  }
}

/** Calls for each block of maps with its first map, its width with filling, and the maps in it. */
function eachBlock(maps: number, visit: (first: number, width: number, own: number) => void): void {
  for (let first = 0; first < maps; first += 32) visit(first, Math.min(32, filledMaps(maps) - first), Math.min(32, maps - first));
}

/** `[channels, kernelSize, kernelSize, filled maps]`, taps from the far corner to the near one: what a spike adds lies in a row. */
export function weightRuns(w: Float32Array, sizes: Weights): Float32Array {
  const runs = new Float32Array((w.length / sizes.maps) * filledMaps(sizes.maps));
  eachTap(sizes, (y, x, channel, at) => {
    runs.set(w.subarray(at, at + sizes.maps), runStart(sizes, y, x, channel));
  });
  return runs;
}

/** The weights of {@link weightRuns} back again. */
export function weightsOfRuns(runs: Float32Array, sizes: Weights): Float32Array {
  const w = new Float32Array((runs.length / filledMaps(sizes.maps)) * sizes.maps);
  eachTap(sizes, (y, x, channel, at) => {
    const start = runStart(sizes, y, x, channel);
    w.set(runs.subarray(start, start + sizes.maps), at);
  });
  return w;
}

const runStart = ({ kernelSize, maps }: Weights, y: number, x: number, channel: number): number =>
  ((channel * kernelSize + kernelSize - 1 - y) * kernelSize + kernelSize - 1 - x) * filledMaps(maps);

/** In blocks of 32 maps, each `[channels, kernelSize, kernelSize, maps of the block]`. */
export function weightBlocks(w: Float32Array, sizes: Weights): Float32Array {
  const { kernelSize, channels, maps } = sizes;
  const blocks = new Float32Array((w.length / maps) * filledMaps(maps));
  eachBlock(maps, (first, width, own) => {
    const block = first * channels * kernelSize ** 2;
    eachTap(sizes, (y, x, channel, at) => {
      blocks.set(w.subarray(at + first, at + first + own), block + ((channel * kernelSize + y) * kernelSize + x) * width);
    });
  });
  return blocks;
}

/** A stretch of a column of the kernel. */
export interface Segment {
  /** First tap. */
  readonly first: number;
  readonly taps: number;
  /** Where its patterns begin among those of the column. */
  readonly line: number;
}

/** The segments of a column: up to four taps each, as even as can be. */
function segmentsOf(kernelSize: number): readonly Segment[] {
  const count = Math.ceil(kernelSize / 4);
  const most = Math.ceil(kernelSize / count);
  return Array.from({ length: count }, (_, index) => ({
    first: index * most,
    taps: Math.min(most, kernelSize - index * most),
    line: index * 2 ** most,
  }));
}

/**
 * The sums of the weights of all patterns: of what may spike in a segment of a column. In blocks of 32 maps, each
 * `[channels, kernelSize, patterns of a column, maps of the block]`.
 */
export function patternSums(w: Float32Array, sizes: Weights): Float32Array {
  const { kernelSize, channels, maps } = sizes;
  const segments = segmentsOf(kernelSize);
  const patterns = segments.reduce((sum, { taps }) => sum + 2 ** taps, 0);
  const sums = new Float32Array(channels * kernelSize * patterns * filledMaps(maps));
  eachBlock(maps, (first, width, own) => {
    for (let column = 0; column < channels * kernelSize; column++) {
      const [channel, x] = [Math.floor(column / kernelSize), column % kernelSize];
      for (const segment of segments) {
        for (let pattern = 1; pattern < 2 ** segment.taps; pattern++) {
          const last = 31 - Math.clz32(pattern);
          const lines = first * channels * kernelSize * patterns + (column * patterns + segment.line) * width;
          const [to, rest] = [lines + pattern * width, lines + (pattern - 2 ** last) * width];
          const at = (((segment.first + last) * kernelSize + x) * channels + channel) * maps + first;
          for (let map = 0; map < own; map++) sums[to + map] = floatAt(sums, rest + map) + floatAt(w, at + map);
        }
      }
    }
  });
  return sums;
}
