import { byteAt, floatAt } from '../../../core/at.js';

/**
 * The planes of images, `[images, planes, area]`: Σ mix · channels of each pixel.
 *
 * @param pixels  `[images, area, channels]`.
 * @param mix     `[planes, channels]`.
 */
export function colourPlanes(pixels: Uint8Array, area: number, channels: number, mix: Float32Array): Float32Array {
  const planes = mix.length / channels;
  return Float32Array.from({ length: (pixels.length / channels) * planes }, (_, index) => {
    const [image, plane, place] = [Math.floor(index / (planes * area)), Math.floor(index / area) % planes, index % area];
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += floatAt(mix, plane * channels + channel) * byteAt(pixels, (image * area + place) * channels + channel);
    return sum;
  });
}
