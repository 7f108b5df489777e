import { at } from '../lanes';

/** Words of an image as numbers with zeros around it, for filters of a size. */
@inline
export function paddedWords(height: i32, width: i32, size: i32): i32 {
  return (height + size - 1) * (width + size - 1) + 16;
}

/**
 * A plane of an image, zeros around it: Σ mix · channels of each pixel.
 *
 * @param pixels  [height, width, channels], a byte each.
 * @param mix     [channels].
 */
export function padPixels(pixels: usize, height: i32, width: i32, channels: i32, mix: usize, size: i32, out: usize): void {
  const line = at(0, width + size - 1);
  memory.fill(out, 0, at(0, paddedWords(height, width, size)));
  let to = at(out + line * (size >> 1), size >> 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      store<f32>(at(to, x), mixed(pixels, channels, mix));
      pixels += channels;
    }
    to += line;
  }
}

@inline
function mixed(pixel: usize, channels: i32, mix: usize): f32 {
  let sum: f32 = 0;
  for (let channel = 0; channel < channels; channel++) sum += load<f32>(at(mix, channel)) * <f32>load<u8>(pixel + <usize>channel);
  return sum;
}

/**
 * The response of a filter at every pixel: Σ kernel · pixels around it; 0 where it is below the cut-off.
 *
 * @param padded  from {@link padPixels}.
 * @param kernel  [size, size], of an odd size.
 * @param out     receives [height, width]; up to 7 words behind it are written.
 */
export function contrast(padded: usize, height: i32, width: i32, size: i32, kernel: usize, cutoff: f32, out: usize): void {
  const line = at(0, width + size - 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 8) filterEight(at(padded, x), line, at(0, size), kernel, cutoff, at(out, x));
    padded += line;
    out = at(out, width);
  }
}

@inline
function filterEight(corner: usize, line: usize, side: usize, kernel: usize, cutoff: f32, out: usize): void {
  const least = f32x4.splat(cutoff);
  const end = kernel + ((side * side) >> 2);
  let a = f32x4.splat(0);
  let b = a;
  for (let k = kernel; k < end; corner += line) {
    for (let p = corner; p < corner + side; p += 4) {
      const weight = v128.load32_splat(k);
      a = f32x4.add(a, f32x4.mul(weight, v128.load(p)));
      b = f32x4.add(b, f32x4.mul(weight, v128.load(p, 16)));
      k += 4;
    }
  }
  v128.store(out, v128.and(a, f32x4.ge(a, least)));
  v128.store(out, v128.and(b, f32x4.ge(b, least)), 16);
}
