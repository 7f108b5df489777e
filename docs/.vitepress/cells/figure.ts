/** Numbers of a figure: lists or typed arrays, as `await tensor.data()` gives them. */
export type Numbers = ArrayLike<number>;

/** What `plot` draws: lines over x, dots at `[time, neuron]`, how often values fall where, or fields in the colours of `fieldColours`. */
export type Figure = { readonly title?: string; readonly x?: string; readonly y?: string } & (
  | { readonly lines: { readonly [name: string]: Numbers }; readonly at?: Numbers }
  | { readonly raster: readonly (readonly [time: number, neuron: number])[] }
  | { readonly histogram: Numbers }
  | { readonly fields: Numbers; readonly rows: number; readonly columns: number }
);

/** Says what is wrong with what `plot` was given; '' where nothing is. */
export function problemOf(figure: unknown): string {
  const shapes = '{ lines }, { raster }, { histogram } or { fields, rows, columns }';
  if (typeof figure !== 'object' || figure === null) return `plot: takes ${shapes}, not ${figure}`;
  const { lines, raster, histogram, fields } = figure as { readonly [name: string]: unknown };
  if (typeof lines === 'object' && lines !== null) {
    const wrong = Object.entries(lines).find(([, values]) => !isList(values));
    return wrong ? `plot: lines.${wrong[0]} is no list of numbers; of a tensor take await tensor.data()` : '';
  }
  return isList(raster) || isList(histogram) || isList(fields) ? '' : `plot: takes ${shapes}, of lists or typed arrays`;
}

const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value);
