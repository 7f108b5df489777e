import type { GoldenTensor } from '../load.js';
import { atOr, type Numbers, numbers, reshaped, sizeOf } from './numbers.js';

/** Stride, padding and dilation of a convolution: numbers, or [y, x]. Those of a peer's params. */
export interface Wiring {
  readonly stride?: number | readonly number[] | null;
  readonly padding?: number | readonly number[] | null;
  readonly dilation?: number | readonly number[] | null;
}

const onAxis = (given: number | readonly number[] | null | undefined, axis: 0 | 1, otherwise: number): number =>
  typeof given === 'number' ? given : (given?.[axis] ?? otherwise);

/** How many places a kernel has along an axis of an image. */
export function placesAlong(axis: 0 | 1, size: number, kernel: number, { stride, padding, dilation }: Wiring): number {
  const reach = onAxis(dilation, axis, 1) * (kernel - 1) + 1;
  return Math.floor((size + 2 * onAxis(padding, axis, 0) - reach) / onAxis(stride, axis, 1)) + 1;
}

/**
 * What each tap sees at each output position: [batch, positions, taps], for weights [out, in] of inputs [batch, in] (one
 * position) or [out, in, kh, kw] of [batch, in, H, W]; `outside` where the kernel reaches over the border.
 */
export function taps(pre: Numbers, weightShape: readonly number[], wiring: Wiring, outside = 0): Numbers {
  const [batch = 1, channels = 1, height = 1, width = 1] = pre.shape;
  if (weightShape.length === 2) return reshaped(pre, [batch, 1, channels]);
  const [, , kh = 1, kw = 1] = weightShape;
  const rows = placesAlong(0, height, kh, wiring);
  const columns = placesAlong(1, width, kw, wiring);
  const place = (axis: 0 | 1, position: number, tap: number) =>
    position * onAxis(wiring.stride, axis, 1) + tap * onAxis(wiring.dilation, axis, 1) - onAxis(wiring.padding, axis, 0);
  return reshaped(
    numbers([batch, rows, columns, channels, kh, kw], (b, y, x, c, i, j) =>
      atOr(outside, pre, b, c, place(0, y, i), place(1, x, j)),
    ),
    [batch, rows * columns, channels * kh * kw],
  );
}

/** Outputs [batch, out] or [batch, out, OH, OW] as [batch, out, positions]. */
export const outputs = (post: Numbers): Numbers => {
  const [batch = 1, out = 1, ...image] = post.shape;
  return reshaped(post, [batch, out, sizeOf(image)]);
};

/** Weights as [out, taps]. */
export const flatWeights = (w: Numbers): Numbers => reshaped(w, [w.shape[0] ?? 1, sizeOf(w.shape.slice(1))]);

/** The shape of the outputs of weights [out, in, kh, kw] over images [batch, in, H, W], or of [out, in] over [batch, in]. */
export function outputShape(preShape: readonly number[], weightShape: readonly number[], wiring: Wiring): readonly number[] {
  const [batch = 1, , height = 1, width = 1] = preShape;
  const [out = 1, , kh = 1, kw = 1] = weightShape;
  if (weightShape.length === 2) return [batch, out];
  return [batch, out, placesAlong(0, height, kh, wiring), placesAlong(1, width, kw, wiring)];
}

/** The axes that take weights [out, in] or [out, in, kh, kw] to ours. */
export const weightOrder = ({ shape }: GoldenTensor): readonly number[] => (shape.length === 4 ? [2, 3, 1, 0] : [1, 0]);

/** The axes that take a layer [batch, n] or [batch, C, H, W] to ours. */
export const layerOrder = ({ shape }: GoldenTensor): readonly number[] =>
  shape.length === 4 ? [0, 2, 3, 1] : shape.map((_, axis) => axis);
