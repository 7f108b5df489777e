import { placeLines, takeLines } from '../tensors/lines.js';
import { type Field, patternSums, weightBlocks } from './layouts.js';
import type { NetworkArena } from './networkArena.js';

/** A latency-coded layer in the numbers of the kernels. */
export interface LatencyLayer {
  readonly field: Field;
  /** A neuron fires when its potential is above it; > 0. */
  readonly threshold: number;
  /** Side of the squares in which the next layer sees the first spike. */
  readonly poolSize: number;
}

/** Sizes of a layer's output before pooling. */
export const outputSizes = ({ height, width, kernelSize, pad }: Field): readonly [rows: number, columns: number] => [
  height + 2 * pad - kernelSize + 1,
  width + 2 * pad - kernelSize + 1,
];

/** What takes the spikes of an image on to the next layer. */
export interface ForwardPass {
  /** Takes the address of the input's times, a byte each, to that of the output's, pooled. */
  through(times: number, steps: number): number;
}

/** Makes the kernels work on a field. */
export const enterField = ({ kernels }: NetworkArena, { height, width, channels, kernelSize, pad, maps }: Field): void =>
  kernels.setField(height, width, channels, kernelSize, pad, maps);

const pooledBytes = (field: Field, poolSize: number): number =>
  outputSizes(field).reduce((product, size) => product * Math.ceil(size / poolSize), field.maps);

/** Spikes with their times. */
export function timedForward(
  arena: NetworkArena,
  { field, threshold, poolSize }: LatencyLayer,
  w: Float32Array,
  steps: number,
): ForwardPass {
  const { kernels } = arena;
  enterField(arena, field);
  const weights = placeLines(arena, weightBlocks(w, field));
  const views = takeLines(arena, 4 * kernels.timedViewsWords(steps));
  const scratch = takeLines(arena, 4 * kernels.firstSpikesWords(poolSize));
  const out = takeLines(arena, pooledBytes(field, poolSize));
  const fewest = fewestInputs(w, threshold);
  return {
    through: (times, until) => {
      enterField(arena, field);
      kernels.viewInTime(times, until, views);
      kernels.firstSpikes(views, weights, threshold, fewest, until, poolSize, out, scratch);
      return out;
    },
  };
}

/** Spikes without their times: 0 where there is one. Final potentials of the layers above need no more. */
export function untimedForward(arena: NetworkArena, { field, threshold, poolSize }: LatencyLayer, w: Float32Array): ForwardPass {
  const { kernels } = arena;
  enterField(arena, field);
  const sums = placeLines(arena, patternSums(w, field));
  const views = takeLines(arena, 4 * kernels.viewsWords());
  const scratch = takeLines(arena, 4 * kernels.everSpikesWords(poolSize));
  const out = takeLines(arena, pooledBytes(field, poolSize));
  return {
    through: (times, steps) => {
      enterField(arena, field);
      kernels.viewAll(times, steps, views);
      kernels.everSpikes(views, sums, threshold, poolSize, out, scratch);
      return out;
    },
  };
}

/** Inputs without which no potential can be above the threshold: with weights up to 1, as many as it takes ones. */
const fewestInputs = (w: Float32Array, threshold: number): number =>
  w.every((weight) => weight <= 1) ? Math.floor(threshold) + 1 : 1;
