import { shortNumber, wide } from '../io/plots/axes.js';
import { colours, render } from '../io/plots/svg.js';
import * as Plot from '../vendor/plot.js';
import type { Setting } from './summary.js';
import type { SweepSpec } from './sweepSpec.js';

/** Beyond this ratio of the greatest to the least value an axis is logarithmic. */
const decades = 100;

/**
 * The accuracy against a parameter that was swept, as SVG: a dot for the mean of each setting, and a line through the means of all
 * settings with the same value.
 *
 * @param path  of the parameter.
 */
export function parameterPlot({ set }: SweepSpec, path: string, settings: readonly Setting[]): string {
  const dots = settings.flatMap(({ set: point, accuracy }) =>
    accuracy === undefined ? [] : [{ value: point[path], accuracy: 100 * accuracy.mean }],
  );
  const numbers = dots.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const numeric = numbers.length === dots.length;
  const named = dots.map(({ value, accuracy }) => ({ value: numeric ? Number(value) : JSON.stringify(value), accuracy }));
  const logarithmic = numeric && isLogarithmic(set[path], numbers);
  const axis = numeric
    ? { ...(logarithmic ? { type: 'log' as const } : {}), ...wide(numbers, logarithmic) }
    : { type: 'point' as const };
  return render(`Accuracy against ${path}`, [], {
    x: { label: path, ...axis },
    y: {
      label: 'accuracy (%)',
      labelAnchor: 'center',
      grid: true,
      nice: true,
      tickFormat: shortNumber,
      ...wide(named.map(({ accuracy }) => accuracy)),
    },
    marks: [
      Plot.lineY(meansOf(named), { x: 'value', y: 'accuracy', stroke: colours[0] ?? '' }),
      Plot.dot(named, { x: 'value', y: 'accuracy', fill: colours[1] ?? '', r: 2.5 }),
    ],
  });
}

function isLogarithmic(values: SweepSpec['set'][string] | undefined, numbers: readonly number[]): boolean {
  if (values !== undefined && 'from' in values) return values.scale === 'log';
  const [least, greatest] = numbers.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as readonly [number, number]);
  return least > 0 && greatest / least >= decades;
}

interface Dot {
  readonly value: number | string;
  readonly accuracy: number;
}

/** The mean of all dots of a value, by rising values. */
function meansOf(dots: readonly Dot[]): readonly Dot[] {
  const groups = new Map<number | string, { sum: number; count: number }>();
  for (const { value, accuracy } of dots) {
    const group = groups.get(value) ?? { sum: 0, count: 0 };
    groups.set(value, { sum: group.sum + accuracy, count: group.count + 1 });
  }
  const means = Array.from(groups, ([value, { sum, count }]) => ({ value, accuracy: sum / count }));
  return means.sort((a, b) => (a.value < b.value ? -1 : 1));
}
