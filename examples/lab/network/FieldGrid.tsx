import { PixelCanvas } from '../ui/PixelCanvas.js';
import type { LearnedReport } from './protocol.js';

/** All maps; those that won the last image have a ring and a dot. */
export const FieldGrid = ({ learned }: { readonly learned: LearnedReport }) => (
  <ul class="field-grid" aria-label={`Receptive fields of ${learned.maps} maps`}>
    {Array.from({ length: learned.maps }, (_, map) => {
      const won = learned.winners?.includes(map) ?? false;
      return (
        <li key={map} class={won ? 'won' : ''}>
          <Field learned={learned} map={map} label={`Map ${map + 1}${won ? ', won the last image' : ''}`} />
        </li>
      );
    })}
  </ul>
);

interface FieldProps {
  readonly learned: LearnedReport;
  readonly map: number;
  readonly label: string;
}

/** The receptive field of one map. */
export const Field = ({ learned, map, label }: FieldProps) => (
  <PixelCanvas width={learned.size} height={learned.size} rgba={fieldOf(learned, map)} label={label} class="field" />
);

function fieldOf({ colours, size }: LearnedReport, map: number): Uint8ClampedArray<ArrayBuffer> {
  const length = 4 * size * size;
  return colours.slice(map * length, (map + 1) * length);
}

/** Every weight is so many pixels wide in a saved picture, and fields are so far apart. */
const [scale, gap] = [12, 8];

/** All fields in one picture, eight in a row. */
export function fieldsCanvas(learned: LearnedReport): HTMLCanvasElement {
  const { maps, size } = learned;
  const columns = Math.min(8, maps);
  const step = size * scale + gap;
  const canvas = document.createElement('canvas');
  canvas.width = columns * step - gap;
  canvas.height = Math.ceil(maps / columns) * step - gap;
  const context = canvas.getContext('2d');
  const small = document.createElement('canvas');
  [small.width, small.height] = [size, size];
  if (context === null) return canvas;
  context.imageSmoothingEnabled = false;
  for (let map = 0; map < maps; map++) {
    small.getContext('2d')?.putImageData(new ImageData(fieldOf(learned, map), size, size), 0, 0);
    context.drawImage(small, (map % columns) * step, Math.floor(map / columns) * step, size * scale, size * scale);
  }
  return canvas;
}
