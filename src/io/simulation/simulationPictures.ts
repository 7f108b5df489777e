import type { Series as Recorded } from '../../circuits/circuitState.js';
import type { CircuitTally, IntervalTally } from '../../circuits/tally.js';
import { variations } from '../../circuits/tally.js';
import { doubleAt, floatAt, integerAt } from '../../core/at.js';
import { drawable } from '../plots/drawable.js';
import { lineChart, rasterPlot } from '../plots/plots.js';
import type { Series } from '../plots/plotted.js';

/** A picture of a simulation, by the name of its file. */
export type Pictures = readonly (readonly [file: string, svg: string])[];

/** Lines of one chart at most. */
const mostLines = 20;

/** The latest spikes, rates and potentials through time, intervals and how irregular they were, weights. @param dt  ms. */
export function simulationPictures({ populations, recent, records }: CircuitTally, dt: number): Pictures {
  const seconds = (step: number): number => (step * dt) / 1000;
  const through = (title: string, yLabel: string, series: readonly Series[]): string =>
    lineChart({ title, xLabel: 'time (s)', yLabel, series });
  const spikes = Object.entries(recent).flatMap(([channel, { step, neuron }]) =>
    Array.from(step, (time, index) => ({ time: time * dt, neuron: integerAt(neuron, index), channel })),
  );
  const raster = drawable('The last second', spikes);
  const rates = Object.entries(records.rates).flatMap(([name, series]) => linesOf(name, series, seconds));
  const counted = Object.entries(populations).filter(([, { count }]) => count > 0);
  const weights = Object.entries(records.weights).map(
    ([name, series]) =>
      [
        `weights-${fileName(name)}.svg`,
        through(`Weights of ${name}`, weightLabel(series), linesOf(name, series, seconds)),
      ] as const,
  );
  return [
    ...(spikes.length > 0 ? [['raster.svg', rasterPlot(raster.title, raster.spikes, 'ms')] as const] : []),
    ...(rates.length > 0 ? [['rates.svg', through('Rates', 'Hz', rates)] as const] : []),
    ...(records.voltage === undefined
      ? []
      : [['voltage.svg', through('Potentials', 'mV', linesOf('neuron', records.voltage, seconds))] as const]),
    ...(counted.length > 0
      ? [['intervals.svg', intervalPlot(counted, dt)] as const, ['variation.svg', variationPlot(counted)] as const]
      : []),
    ...weights,
  ];
}

const fileName = (name: string): string => name.replace(/[^a-z0-9]+/gi, '-');

const weightLabel = ({ width }: Recorded): string => (width === histogramWidth ? 'share of synapses' : 'weight');

/** Bins of a recorded histogram, and where the values of one begin: the least and the largest weight stand before. */
const [histogramBins, firstBin] = [32, 2];
const histogramWidth = firstBin + histogramBins;

/** A line for each value; of a histogram its two ends and all between. */
function linesOf(name: string, { step, values, width }: Recorded, seconds: (step: number) => number): readonly Series[] {
  const line = (label: string, value: (entry: number) => number): Series => ({
    name: label,
    points: Array.from(step, (time, entry) => [seconds(time), value(entry)] as const),
  });
  if (width === histogramWidth) {
    const [low, high] = [0.1, 0.9].map((share) => Math.round(share * histogramBins));
    const sum =
      (from = 0, to = histogramBins) =>
      (entry: number) =>
        values
          .subarray(entry * width + firstBin + from, entry * width + firstBin + to)
          .reduce((total, share) => total + share, 0);
    return [line('lowest tenth', sum(0, low)), line('between', sum(low, high)), line('highest tenth', sum(high))];
  }
  return Array.from({ length: Math.min(width, mostLines) }, (_, index) =>
    line(width === 1 ? name : `${name} ${index}`, (entry) => floatAt(values, entry * width + index)),
  );
}

/** How often intervals between spikes were how long. */
const intervalPlot = (counted: readonly (readonly [string, IntervalTally])[], dt: number): string =>
  lineChart({
    title: 'Intervals between spikes',
    xLabel: 'interval (ms), in bins each twice as wide as the one before',
    yLabel: 'share',
    logarithmic: true,
    series: counted.map(([name, { lengths }]) => {
      const total = Math.max(
        1,
        lengths.reduce((sum, count) => sum + count, 0),
      );
      const used = Array.from(lengths.keys()).filter((power) => doubleAt(lengths, power) > 0);
      return { name, points: used.map((power) => [2 ** power * dt, doubleAt(lengths, power) / total] as const) };
    }),
  });

/** How many neurons fired how irregularly. */
function variationPlot(counted: readonly (readonly [string, IntervalTally])[]): string {
  const [width, bins] = [0.1, 20];
  return lineChart({
    title: 'Coefficient of variation of the intervals (Poisson: 1)',
    xLabel: 'coefficient of variation',
    yLabel: 'share of neurons',
    series: counted.map(([name, tally]) => {
      const known = Array.from(variations(tally)).filter(Number.isFinite);
      const counts = Array.from({ length: bins }, (_, bin) =>
        known.filter((value) => Math.min(bins - 1, Math.floor(value / width)) === bin),
      );
      return {
        name,
        points: counts.map(({ length }, bin) => [(bin + 0.5) * width, length / Math.max(1, known.length)] as const),
      };
    }),
  });
}
