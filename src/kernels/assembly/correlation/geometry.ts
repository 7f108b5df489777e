// The convolution that the kernels work on, NHWC and [kh, kw, in, out], set before the kernels that read it.

export let height: i32 = 1;
export let width: i32 = 1;
export let channels: i32 = 1;
export let kernelHeight: i32 = 1;
export let kernelWidth: i32 = 1;
export let outHeight: i32 = 1;
export let outWidth: i32 = 1;
export let outputs: i32 = 1;
export let strideY: i32 = 1;
export let strideX: i32 = 1;
export let dilationY: i32 = 1;
export let dilationX: i32 = 1;
export let padTop: i32 = 0;
export let padLeft: i32 = 0;

/** Sets the convolution. Zeros below and to the right follow from the size of the output. */
export function setGeometry(
  inHeight: i32,
  inWidth: i32,
  inChannels: i32,
  kernelRows: i32,
  kernelColumns: i32,
  rows: i32,
  columns: i32,
  maps: i32,
  strideRows: i32,
  strideColumns: i32,
  dilationRows: i32,
  dilationColumns: i32,
  top: i32,
  left: i32,
): void {
  height = inHeight;
  width = inWidth;
  channels = inChannels;
  kernelHeight = kernelRows;
  kernelWidth = kernelColumns;
  outHeight = rows;
  outWidth = columns;
  outputs = maps;
  strideY = strideRows;
  strideX = strideColumns;
  dilationY = dilationRows;
  dilationX = dilationColumns;
  padTop = top;
  padLeft = left;
}

/** Rows of the padded input that the windows reach. */
export function reachHeight(): i32 {
  return max((outHeight - 1) * strideY + (kernelHeight - 1) * dilationY + 1, padTop + height);
}

/** Columns of the padded input that the windows reach. */
export function reachWidth(): i32 {
  return max((outWidth - 1) * strideX + (kernelWidth - 1) * dilationX + 1, padLeft + width);
}

/** Taps of a receptive field. */
export function taps(): i32 {
  return kernelHeight * kernelWidth * channels;
}

/** Maps with filling, so that each position begins a whole vector. */
export function filledOutputs(): i32 {
  return (outputs + 3) & ~3;
}
