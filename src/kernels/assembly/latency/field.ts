import { at } from '../lanes';

// The convolution of a latency-coded layer, set before the kernels that read it: square kernels, stride 1, one spike a neuron.
// An input at (y, x) is seen from the positions (y + r, x + s), 0 ≤ r, s < side, of a grid that is wider than the output by
// what no output sees; the output's first row is the grid's row side − 1 − pad. So nothing has to look where the image ends.

export let height: i32 = 1;
export let width: i32 = 1;
export let channels: i32 = 1;
export let side: i32 = 1;
export let pad: i32 = 0;
export let maps: i32 = 1;

/** Sets the field: sizes of the input, side of the kernel, zeros around the input, maps. */
export function setField(inHeight: i32, inWidth: i32, inChannels: i32, kernelSize: i32, padding: i32, outMaps: i32): void {
  height = inHeight;
  width = inWidth;
  channels = inChannels;
  side = kernelSize;
  pad = padding;
  maps = outMaps;
}

/** Maps that are summed at a time, in registers; the last block may be half as wide. */
export const BLOCK: i32 = 32;
export const HALF: i32 = 16;

/** Maps with filling: whole blocks, or a half at the end. The weights of the filling are 0. */
@inline
export function filledMaps(): i32 {
  return (maps + HALF - 1) & ~(HALF - 1);
}

@inline
export function rows(): i32 {
  return height + 2 * pad - side + 1;
}

@inline
export function columns(): i32 {
  return width + 2 * pad - side + 1;
}

@inline
export function gridRows(): i32 {
  return height + side - 1;
}

@inline
export function gridColumns(): i32 {
  return width + side - 1;
}

/** What to add to an output's row and column to find it on the grid; what is beyond the grid sees nothing. */
@inline
export function shift(): i32 {
  return side - 1 - pad;
}

/** The weights of the block that begins with a map: [channels, side, side, maps of the block]. */
@inline
export function blockOf(weights: usize, map: i32): usize {
  return at(weights, map * channels * side * side);
}
