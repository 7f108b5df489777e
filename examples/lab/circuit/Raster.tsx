import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Circuit } from 'tfjs-stdp/circuits';
import { colours } from '../ui/Figure.js';
import { type CircuitHistory, rasterSpan } from './history.js';
import { mostDrawn } from './protocol.js';

interface RasterProps {
  readonly circuit: Circuit;
  readonly history: CircuitHistory;
}

/** Rows between two populations. */
const gap = 6;

/** Red, green, blue and full opacity in one word, as the bytes of a picture are ordered. */
const word = (hex: string): number =>
  [1, 3, 5].reduce((sum, start, index) => sum + Number.parseInt(hex.slice(start, start + 2), 16) * 256 ** index, 255 * 2 ** 24);
const inks = [word(colours.first), word(colours.second)] as const;

/** The spikes of the last second, a row each neuron and a column each millisecond. */
export function Raster({ circuit, history }: RasterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = useMemo(() => rowsOf(circuit), [circuit]);
  const height = Math.max(1, rows.reduce((sum, { count }) => sum + count + gap, 0) - gap);
  const picture = useMemo(() => new ImageData(rasterSpan, height), [height]);
  useLayoutEffect(() => {
    const pixels = new Uint32Array(picture.data.buffer);
    pixels.fill(0);
    const begin = Math.max(0, history.time - rasterSpan);
    for (const { spikes } of history.stretches)
      rows.forEach(({ name, top, count }, index) => {
        const { time, neuron } = spikes[name] ?? { time: [], neuron: [] };
        const ink = index % 2 === 0 ? inks[0] : inks[1];
        time.forEach((at, spike) => {
          const [column, row] = [Math.floor(at - begin), Number(neuron[spike])];
          if (column >= 0 && column < rasterSpan && row < count) pixels[(top + row) * rasterSpan + column] = ink;
        });
      });
    canvas.current?.getContext('2d')?.putImageData(picture, 0, 0);
  }, [rows, picture, history]);
  const names = rows.map(({ name }) => name).join(', ');
  return (
    <figure>
      <figcaption>
        Spikes of the last second, a row each neuron, from above:{' '}
        {rows.map(({ name, count, size }, index) => (
          <span key={name} class={index % 2 === 0 ? 'off' : 'on'}>
            {index > 0 && ', '}
            {name}
            {count < size && ` (${count} of ${size})`}
          </span>
        ))}
      </figcaption>
      <canvas ref={canvas} class="raster" width={rasterSpan} height={height} role="img" aria-label={`Spikes of ${names}`} />
    </figure>
  );
}

/** Where the rows of each population are. */
function rowsOf({ populations }: Circuit) {
  let top = 0;
  return Object.entries(populations).map(([name, { size }]) => {
    const count = Math.min(size, mostDrawn);
    const row = { name, size, count, top };
    top += count + gap;
    return row;
  });
}
