import type { Figure } from './figure.js';

/** Draws a figure of a cell; what draws curves is loaded for the first. */
export async function draw(figure: Figure): Promise<Element> {
  const element = 'fields' in figure ? fields(figure) : await curves(figure);
  for (const part of element.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label'); // which only a role may have
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', figure.title ?? 'A figure of this cell');
  return element;
}

type Fields = Extract<Figure, { readonly fields: unknown }>;

function fields({ fields: colours, rows, columns }: Fields): Element {
  const element = document.createElement('div');
  const bytes = 4 * rows * columns;
  for (let start = 0; start + bytes <= colours.length; start += bytes) {
    const canvas = Object.assign(document.createElement('canvas'), { width: columns, height: rows });
    const pixels = Uint8ClampedArray.from({ length: bytes }, (_, index) => colours[start + index] as number);
    canvas.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
    element.append(canvas);
  }
  return element;
}

async function curves(figure: Exclude<Figure, Fields>): Promise<Element> {
  const Plot = await import('@observablehq/plot');
  const axes = { x: { label: figure.x ?? null }, y: { label: figure.y ?? null } };
  const size = {
    width: 640,
    height: 260,
    marginLeft: 56,
    marginBottom: 40,
    style: { background: 'transparent', fontSize: '13px' },
  };
  if ('raster' in figure) {
    const dots = Plot.dot(figure.raster, { x: '0', y: '1', r: 1.2, fill: 'currentColor' });
    return Plot.plot({ ...size, ...axes, marks: [dots] });
  }
  if ('histogram' in figure) {
    const bins = Plot.binX({ y: 'count' }, { x: (value: number) => value });
    const bars = Plot.rectY(Array.from(figure.histogram), { ...bins, fill: '#3a72b8' });
    return Plot.plot({ ...size, ...axes, marks: [bars, Plot.ruleY([0])] });
  }
  const points = Object.entries(figure.lines).flatMap(([name, values]) =>
    Array.from(values, (value, index) => ({ name, x: figure.at?.[index] ?? index, value })),
  );
  const line = Plot.line(points, { x: 'x', y: 'value', stroke: 'name' });
  return Plot.plot({ ...size, ...axes, color: { legend: true }, marks: [Plot.ruleY([0], { strokeOpacity: 0.4 }), line] });
}
