import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { colours, Figure } from '../ui/Figure.js';
import { useSlowly } from '../ui/useSlowly.js';
import type { CircuitHistory, RatePoint } from './history.js';

/** Milliseconds between two pictures of a curve. */
const redrawn = 400;

/** The mean rate of each population through time. */
export function RatesFigure({ history }: { readonly history: CircuitHistory }) {
  const rates = useSlowly(history.rates, redrawn);
  const now = useMemo(() => latest(rates), [rates]);
  const text = now.map(({ population, rate }) => `${population} ${rate.toFixed(1)} Hz`).join(', ');
  const options = useMemo(() => ratesPlot(rates), [rates]);
  return (
    <figure>
      <figcaption>
        Mean rates:{' '}
        {now.map(({ population, rate }, index) => (
          <span key={population}>
            {index > 0 && ', '}
            {population} <strong data-test={`rate-${population}`}>{rate.toFixed(1)}</strong> Hz
          </span>
        ))}
      </figcaption>
      <Figure label={`Mean rates through time; now ${text}`} options={options} />
    </figure>
  );
}

/** Of each population the mean of its last points: one window of 20 ms alone jumps. */
function latest(points: readonly RatePoint[]): readonly Omit<RatePoint, 'time'>[] {
  const names = [...new Set(points.map(({ population }) => population))];
  return names.map((population) => {
    const last = points.filter((point) => point.population === population).slice(-10);
    return { population, rate: last.reduce((sum, { rate }) => sum + rate, 0) / last.length };
  });
}

const ratesPlot = (points: readonly RatePoint[]): Plot.PlotOptions => ({
  height: 170,
  marginLeft: 44,
  marginBottom: 30,
  x: { label: 's', ticks: 5 },
  y: { label: 'Hz', grid: true, zero: true, ticks: 5 },
  color: { range: [colours.first, colours.second], domain: [...new Set(points.map(({ population }) => population))] },
  marks: [Plot.lineY(points, { x: ({ time }: RatePoint) => time / 1000, y: 'rate', stroke: 'population', strokeWidth: 1.5 })],
});

interface WeightsFigureProps {
  readonly name: string;
  readonly rule: string;
  /** The least and the largest weight, and the shares between them. */
  readonly histogram: readonly number[];
}

/** How the weights of one projection are spread. */
export function WeightsFigure({ name, rule, histogram }: WeightsFigureProps) {
  const drawn = useSlowly(histogram, redrawn);
  const options = useMemo(() => weightsPlot(drawn), [drawn]);
  return (
    <figure data-test={`weights-${name}`}>
      <figcaption>
        Weights of {name}, which learn by {rule}
      </figcaption>
      <Figure label={`Histogram of the weights of ${name}`} options={options} />
    </figure>
  );
}

function weightsPlot([low = 0, high = 1, ...shares]: readonly number[]): Plot.PlotOptions {
  const edge = (index: number): number => low + ((high - low) * index) / shares.length;
  return {
    height: 130,
    marginLeft: 44,
    marginBottom: 30,
    x: { label: 'weight', domain: [low, high > low ? high : low + 1], ticks: 5 },
    y: { label: '%', grid: true, zero: true, ticks: 4 },
    marks: [
      Plot.rectY(shares, {
        x1: (_, index) => edge(index),
        x2: (_, index) => edge(index + 1),
        y: (share: number) => 100 * share,
        fill: colours.second,
      }),
    ],
  };
}
