import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { colours, Figure } from '../ui/Figure.js';
import { useSlowly } from '../ui/useSlowly.js';
import type { Moment } from './useNetwork.js';

interface CurveProps {
  readonly history: readonly Moment[];
  readonly total: number;
}

/** Milliseconds between two pictures of a curve: on a weak machine each costs as much as all the fields. */
const redrawn = 400;

/** C against images: it falls as the weights settle at their bounds. */
export function ConvergenceFigure({ history, total }: CurveProps) {
  const drawn = useSlowly(history, redrawn);
  const options = useMemo(() => curve(drawn, total, 'convergence', 'C', { domain: [0, 0.25] }), [drawn, total]);
  return (
    <figure>
      <figcaption>
        Convergence C = mean of w(1 − w): <strong>{convergenceOf(history)}</strong>. It falls to 0 as weights decide for 0 or 1.
      </figcaption>
      <Figure label={`Convergence against images seen; now ${convergenceOf(drawn)}`} options={options} />
    </figure>
  );
}

/** Images a second against images. */
export function RateFigure({ history, total }: CurveProps) {
  const drawn = useSlowly(history, redrawn);
  const options = useMemo(() => curve(timed(drawn), total, 'rate', 'images/s', {}), [drawn, total]);
  return (
    <figure>
      <figcaption>
        Speed: <strong data-test="rate">{rateOf(history)}</strong> images a second
      </figcaption>
      <Figure label={`Images a second against images seen; now ${rateOf(drawn)}`} options={options} />
    </figure>
  );
}

const timed = (history: readonly Moment[]): readonly Moment[] => history.filter(({ rate }) => rate > 0);

const rateOf = (history: readonly Moment[]): number => Math.round(timed(history).at(-1)?.rate ?? 0);

const convergenceOf = (history: readonly Moment[]): string => (history.at(-1)?.convergence ?? 0).toFixed(3);

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
