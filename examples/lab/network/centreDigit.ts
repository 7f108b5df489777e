/** Side of the square that a digit is scaled to, as in MNIST and in the generated digits. */
const boxSide = 20;
/** Digits are not made larger than this many times. */
const mostScale = 3;

/**
 * A drawing brought to where digits are in the training images: scaled to fit a box of 20 pixels, its centre of mass in
 * the middle. An empty drawing stays empty.
 *
 * @param pixels  grey `side × side`, row after row.
 */
export function centreDigit(pixels: Uint8Array, side: number): Uint8Array {
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= side || y >= side ? 0 : (pixels[y * side + x] ?? 0));
  let [mass, sumX, sumY] = [0, 0, 0];
  let [left, right, top, bottom] = [side, -1, side, -1];
  pixels.forEach((value, index) => {
    const [x, y] = [index % side, Math.floor(index / side)];
    mass += value;
    sumX += value * x;
    sumY += value * y;
    if (value < 64) return;
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  });
  if (right < 0) return pixels;
  const scale = Math.min(mostScale, boxSide / Math.max(right - left + 1, bottom - top + 1));
  const middle = (side - 1) / 2;
  return Uint8Array.from(pixels, (_, index) => {
    const x = sumX / mass + ((index % side) - middle) / scale;
    const y = sumY / mass + (Math.floor(index / side) - middle) / scale;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [dx, dy] = [x - column, y - row];
    const upper = (1 - dx) * at(column, row) + dx * at(column + 1, row);
    const lower = (1 - dx) * at(column, row + 1) + dx * at(column + 1, row + 1);
    return Math.round((1 - dy) * upper + dy * lower);
  });
}
