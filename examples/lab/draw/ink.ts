/** Height and width of a drawing in pixels, as of the images. */
export const side = 28;
/** Half the width of the pen, pixels: that of the generated digits. */
const penRadius = 1.3;

/** Nothing drawn yet. */
export const emptyDrawing = new Uint8Array(side * side);

/** A place on the drawing, in its pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The drawing with a straight stroke more: full ink inside the pen's width, fading over a pixel and a half at its edge. */
export function withStroke(pixels: Uint8Array, from: Point, to: Point): Uint8Array {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const perLength = 1 / Math.max(dx * dx + dy * dy, 1e-9);
  return Uint8Array.from(pixels, (before, index) => {
    const [px, py] = [(index % side) + 0.5 - from.x, Math.floor(index / side) + 0.5 - from.y];
    const t = Math.min(1, Math.max(0, (px * dx + py * dy) * perLength));
    const distance = Math.hypot(px - t * dx, py - t * dy);
    const cover = Math.min(1, Math.max(0, (penRadius - distance) / 1.5 + 0.5));
    return Math.max(before, Math.round(255 * cover));
  });
}
