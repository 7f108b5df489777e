import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { colours, Figure } from '../ui/Figure.js';
import type { Moment } from './useNetwork.js';

interface CurveProps {
  readonly history: readonly Moment[];
  readonly total: number;
}

/** C against images: it falls as the weights settle at their bounds. */
export function ConvergenceFigure({ history, total }: CurveProps) {
  const options = useMemo(() => curve(history, total, 'convergence', 'C', { domain: [0, 0.25] }), [history, total]);
  const last = history.at(-1)?.convergence ?? 0;
  return (
    <figure>
      <figcaption>
        Convergence C = mean of w(1 − w): <strong>{last.toFixed(3)}</strong>. It falls to 0 as weights decide for 0 or 1.
      </figcaption>
      <Figure label={`Convergence against images seen; now ${last.toFixed(3)}`} options={options} />
    </figure>
  );
}

/** Images a second against images. */
export function RateFigure({ history, total }: CurveProps) {
  const timed = useMemo(() => history.filter(({ rate }) => rate > 0), [history]);
  const options = useMemo(() => curve(timed, total, 'rate', 'images/s', {}), [timed, total]);
  const last = Math.round(timed.at(-1)?.rate ?? 0);
  return (
    <figure>
      <figcaption>
        Speed: <strong data-test="rate">{last}</strong> images a second
      </figcaption>
      <Figure label={`Images a second against images seen; now ${last}`} options={options} />
    </figure>
  );
}

const curve = (
  points: readonly Moment[],
  total: number,
  y: 'convergence' | 'rate',
  label: string,
  scale: Plot.ScaleOptions,
): Plot.PlotOptions => ({
  height: 130,
  marginLeft: 44,
  marginBottom: 30,
  x: { label: 'images', domain: [0, Math.max(1, total)], ticks: 4 },
  y: { label, grid: true, zero: true, ticks: 4, ...scale },
  marks: [
    Plot.lineY(points, { x: 'seen', y, stroke: colours.first, strokeWidth: 2 }),
    Plot.dot(points.slice(-1), { x: 'seen', y, fill: colours.first, r: 3 }), // all that there is after one long stride
  ],
});
