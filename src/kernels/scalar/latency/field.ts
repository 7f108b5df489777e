import type { Kernels } from '../../module/binary.js';

/** assembly/latency/field.ts: the convolution of a latency-coded layer. */
export interface ScalarField {
  height: number;
  width: number;
  channels: number;
  side: number;
  pad: number;
  maps: number;
}

export const scalarField = (field: ScalarField): Pick<Kernels, 'setField'> => ({
  setField: (height, width, channels, side, pad, maps) => {
    Object.assign(field, { height, width, channels, side, pad, maps });
  },
});

/** Sizes that follow from those of the field. */
export const sizesOf = ({ height, width, side, pad, maps }: ScalarField) => ({
  rows: height + 2 * pad - side + 1,
  columns: width + 2 * pad - side + 1,
  filled: Math.ceil(maps / 16) * 16,
});

/** Where the maps of a block begin, and how many there are. */
export const blocksOf = (filled: number): readonly (readonly [first: number, width: number])[] =>
  Array.from({ length: Math.ceil(filled / 32) }, (_, block) => [32 * block, Math.min(32, filled - 32 * block)] as const);

/** The time of the input at a tap of an output's field; `undefined` outside the image. */
export function timeAt(field: ScalarField, times: Uint8Array, row: number, column: number, tap: Tap): number | undefined {
  const [y, x] = [row - field.pad + tap.y, column - field.pad + tap.x];
  const outside = y < 0 || y >= field.height || x < 0 || x >= field.width;
  return outside ? undefined : times[(y * field.width + x) * field.channels + tap.channel];
}

/** A tap of a kernel. */
export interface Tap {
  readonly y: number;
  readonly x: number;
  readonly channel: number;
}
