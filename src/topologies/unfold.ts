import * as tf from '@tensorflow/tfjs-core';
import { tidily } from '../core/tensors.js';
import type { Conv2dOptions } from './topology.js';

/** Where the windows of one axis lie: zeros before and after, how many windows, and their spacing. */
export interface Windows {
  readonly before: number;
  readonly after: number;
  readonly count: number;
  readonly stride: number;
  readonly dilation: number;
}

/** The windows of a convolution along height and width. */
export function windowsOf(
  [, height = 1, width = 1]: readonly number[],
  [kernelHeight = 1, kernelWidth = 1]: readonly number[],
  { strides = 1, pad = 'valid', dilations = 1 }: Conv2dOptions,
): { readonly height: Windows; readonly width: Windows } {
  const axis = (index: 0 | 1, size: number, kernel: number): Windows => {
    const stride = typeof strides === 'number' ? strides : strides[index];
    const dilation = typeof dilations === 'number' ? dilations : dilations[index];
    const extent = (kernel - 1) * dilation + 1;
    const [before, after] = padding(pad, index, size, extent, stride);
    const count = Math.floor((size + before + after - extent) / stride) + 1;
    return { before, after, count: Math.max(0, count), stride, dilation };
  };
  return { height: axis(0, height, kernelHeight), width: axis(1, width, kernelWidth) };
}

function padding(
  pad: NonNullable<Conv2dOptions['pad']>,
  index: 0 | 1,
  size: number,
  extent: number,
  stride: number,
): readonly [number, number] {
  if (pad === 'valid') return [0, 0];
  if (typeof pad === 'number') return [pad, pad];
  if (pad !== 'same') return pad[index === 0 ? 1 : 2];
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/**
 * The receptive fields of a convolution as rows: `[batch, height, width, channels] → [batch, positions, kh·kw·channels]`,
 * zeros outside the image, taps in the order of w's first three axes. Built from slices, so gradients pass on every backend.
 */
export function unfold(images: tf.Tensor4D, weightShape: readonly number[], options: Conv2dOptions): tf.Tensor3D {
  return tidily(() => {
    const [batch, imageHeight, imageWidth, channels] = images.shape;
    const [kernelHeight = 1, kernelWidth = 1] = weightShape;
    const { height, width } = windowsOf(images.shape, weightShape, options);
    const reach = (windows: Windows, kernel: number, size: number) =>
      Math.max(windows.after, (kernel - 1) * windows.dilation + windows.count * windows.stride - size - windows.before);
    const padded = tf.pad(images, [
      [0, 0],
      [height.before, reach(height, kernelHeight, imageHeight)],
      [width.before, reach(width, kernelWidth, imageWidth)],
      [0, 0],
    ]);
    const taps = Array.from({ length: kernelHeight * kernelWidth }, (_, tap) => {
      const top = Math.floor(tap / kernelWidth) * height.dilation;
      const left = (tap % kernelWidth) * width.dilation;
      const region = tf.slice(
        padded,
        [0, top, left, 0],
        [batch, height.count * height.stride, width.count * width.stride, channels],
      );
      return everyNth(region, height, width);
    });
    return tf.reshape(tf.concat(taps, 3), [batch, height.count * width.count, kernelHeight * kernelWidth * channels]);
  });
}

/**
 * Keeps the first row and column of every stride, by reshape and slice: a strided slice has no gradient in tfjs, and that
 * of a slice with five axes fails on webgpu.
 */
function everyNth(region: tf.Tensor4D, height: Windows, width: Windows): tf.Tensor4D {
  if (height.stride === 1 && width.stride === 1) return region;
  const [batch, , , channels] = region.shape;
  const lines = batch * height.count;
  const line = width.count * width.stride * channels;
  const rows = tf.slice(tf.reshape(region, [lines, height.stride * line]), [0, 0], [lines, line]);
  const pixels = lines * width.count;
  const kept = tf.slice(tf.reshape(rows, [pixels, width.stride * channels]), [0, 0], [pixels, channels]);
  return tf.reshape(kept, [batch, height.count, width.count, channels]);
}
