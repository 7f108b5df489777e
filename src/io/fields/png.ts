import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { PNG } from '../../vendor/png.js';

/**
 * A picture as a PNG file.
 *
 * @param width   in pixels.
 * @param height  in pixels.
 * @param pixels  row after row, a byte for each pixel (grey) or four (red, green, blue, opacity).
 * @throws {StdpError} unless the sizes are integers ≥ 1 and agree with the number of bytes.
 * @example
 * await writeFile('pixels.png', encodePng(2, 1, Uint8Array.of(0, 255)));   // a black and a white pixel
 */
export function encodePng(width: number, height: number, pixels: Uint8Array): Buffer {
  const where = 'encodePng';
  ensure(Number.isInteger(width) && width >= 1, where, 'width', () => `must be an integer ≥ 1, got ${show(width)}`);
  ensure(Number.isInteger(height) && height >= 1, where, 'height', () => `must be an integer ≥ 1, got ${show(height)}`);
  ensure(pixels instanceof Uint8Array, where, 'pixels', () => `must be a Uint8Array, got ${show(pixels)}`);
  const area = width * height;
  const grey = pixels.length === area;
  ensure(
    grey || pixels.length === 4 * area,
    where,
    'pixels',
    () => `has ${pixels.length} bytes, ${width} × ${height} needs ${area} (grey) or ${4 * area} (rgba)`,
  );
  const png = new PNG({ width, height });
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  return PNG.sync.write(png, grey ? { colorType: 0, inputColorType: 0, inputHasAlpha: false } : { colorType: 6 });
}
