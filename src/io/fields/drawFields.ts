import type { FieldColour, Rgb } from './fieldColours.js';
import { encodePng } from './png.js';

/** A PNG file and its size in pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly png: Buffer;
}

/** Pixels left clear between two fields. */
const GAP = 2;
/** The longer side of a field is drawn at least about this many pixels long. */
const FIELD_SIDE = 48;

/** A picture has no more pixels than this (of four bytes each), unless a single field has. */
const MOST = 2 ** 23;

/** How many fields a picture shows, and how large a weight is in it: large at first, then small, then only the first fields. */
export function layout(kh: number, kw: number, outputs: number): { readonly scale: number; readonly shown: number } {
  const inRow = (scale: number): number => Math.floor(Math.sqrt(MOST / ((kh * scale + GAP) * (kw * scale + GAP))));
  const best = Math.max(1, Math.round(FIELD_SIDE / Math.max(kh, kw)));
  const scale = inRow(best) ** 2 >= outputs ? best : 1;
  return { scale, shown: Math.min(outputs, Math.max(1, inRow(scale)) ** 2) };
}

/** Fields `[kh, kw, out]` side by side in rows of a nearly square table, each weight a square. */
export function drawFields(values: Float32Array, kh: number, kw: number, outputs: number, colour: FieldColour): Picture {
  const { scale, shown } = layout(kh, kw, outputs);
  const columns = Math.ceil(Math.sqrt(shown));
  const [stepX, stepY] = [kw * scale + GAP, kh * scale + GAP];
  const width = columns * stepX - GAP;
  const height = Math.ceil(shown / columns) * stepY - GAP;
  const rgba = new Uint8Array(4 * width * height);
  values.forEach((value, index) => {
    const output = index % outputs;
    if (output >= shown) return;
    const place = Math.floor(index / outputs);
    const left = (output % columns) * stepX + (place % kw) * scale;
    const top = Math.floor(output / columns) * stepY + Math.floor(place / kw) * scale;
    fillSquare(rgba, width, left, top, scale, colour(value, output, index));
  });
  return { width, height, png: encodePng(width, height, rgba) };
}

function fillSquare(rgba: Uint8Array, width: number, left: number, top: number, side: number, [red, green, blue]: Rgb): void {
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) rgba.set([red, green, blue, 255], 4 * (y * width + x));
  }
}
