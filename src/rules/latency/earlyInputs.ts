import { addAt, floatAt } from '../../core/at.js';

/** Sizes of a convolution. */
export interface Geometry {
  /** Shape of the inputs, NHWC. */
  readonly pre: readonly number[];
  /** Shape of the outputs, NHWC. */
  readonly post: readonly number[];
  /** Shape of the weights, `[kh, kw, in, out]`. */
  readonly kernel: readonly number[];
  readonly stride: number;
  /** Rows of padding before the image. */
  readonly top: number;
  /** Columns of padding before the image. */
  readonly left: number;
}

/**
 * How many updates each map makes, and in how many of them each weight's input fired no later than the output.
 *
 * @param pre       first spike times of the inputs, NHWC.
 * @param post      first spike times of the outputs, NHWC.
 * @param mask      > 0 at outputs that learn, the shape of `post`.
 * @param geometry  how the layers are wired.
 * @returns `early` in the shape of the weights, `updates` per map.
 */
export function countEarlyInputs(
  pre: Float32Array,
  post: Float32Array,
  mask: Float32Array,
  geometry: Geometry,
): { readonly early: Float64Array; readonly updates: Float64Array } {
  const [, rows = 0, columns = 0, maps = 0] = geometry.post;
  const early = new Float64Array(geometry.kernel.reduce((product, size) => product * size, 1));
  const updates = new Float64Array(maps);
  post.forEach((time, index) => {
    if (!(floatAt(mask, index) > 0 && time < Number.POSITIVE_INFINITY)) return;
    const map = index % maps;
    const place = Math.floor(index / maps);
    const y = Math.floor(place / columns) % rows;
    const image = Math.floor(place / columns / rows);
    addAt(updates, map, 1);
    addEarlyInputs(early, pre, geometry, { image, y, x: place % columns, map, time });
  });
  return { early, updates };
}

interface Output {
  readonly image: number;
  readonly y: number;
  readonly x: number;
  readonly map: number;
  readonly time: number;
}

/** Adds 1 to the weights of one map whose inputs fired by `time`, in place. */
function addEarlyInputs(
  early: Float64Array,
  pre: Float32Array,
  { pre: shape, kernel, stride, top, left }: Geometry,
  output: Output,
): void {
  const [, height = 0, width = 0, channels = 0] = shape;
  const [kh = 0, kw = 0, , maps = 0] = kernel;
  for (let a = 0; a < kh; a++) {
    const row = output.y * stride - top + a;
    if (row < 0 || row >= height) continue;
    for (let b = 0; b < kw; b++) {
      const column = output.x * stride - left + b;
      if (column < 0 || column >= width) continue;
      const field = ((output.image * height + row) * width + column) * channels;
      const weight = (a * kw + b) * channels;
      for (let channel = 0; channel < channels; channel++) {
        if (floatAt(pre, field + channel) <= output.time) addAt(early, (weight + channel) * maps + output.map, 1);
      }
    }
  }
}
