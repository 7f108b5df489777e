import { orThrow } from '../../core/errors.js';
import { aText, ensureIs, optional } from '../../core/params/validation.js';
import * as Plot from '../../vendor/plot.js';
import { shortNumber, wide } from './axes.js';
import { histogramBars } from './histogramBars.js';
import { chartChecks, confusionChecks, someNumbers, spikes as someSpikes, validateRecord } from './plotChecks.js';
import type { Confusion, LineChart, RasterSpike } from './plotted.js';
import { colours, render, TOP } from './svg.js';

/**
 * Lines as a standalone SVG: a file of it can be opened by itself (black on white), inside a page it follows the
 * page's style. More than one series gets a legend.
 *
 * @throws {StdpError} that names what of the chart can't be drawn, or when it has more than 2¹⁸ points.
 * @example
 * const svg = lineChart({
 *   title: 'Window', xLabel: 'tPost − tPre (ms)', yLabel: 'Δw',
 *   series: [{ name: 'pair', points: [[-20, -0.4], [20, 0.4]] }],
 * });
 * await writeFile('window.svg', svg);
 */
export function lineChart(chart: LineChart): string {
  const {
    title,
    xLabel,
    yLabel,
    series,
    logarithmic = false,
  } = orThrow(validateRecord('lineChart', chart, chartChecks, 'chart'));
  const points = series
    .flatMap(({ name, points }) => points.map(([x, y]) => ({ name, x, y })))
    .filter(({ x, y }) => !logarithmic || (x > 0 && y > 0));
  const names = series.map(({ name }) => name);
  const short = logarithmic ? {} : { tickFormat: shortNumber };
  const axis = (values: readonly number[]) => (logarithmic ? ({ type: 'log', ...wide(values, true) } as const) : wide(values));
  return render(title, names, {
    x: { label: xLabel, ...axis(points.map(({ x }) => x)) },
    y: { label: yLabel, labelAnchor: 'center', grid: true, nice: true, ...short, ...axis(points.map(({ y }) => y)) },
    marks: [Plot.lineY(points, { x: 'x', y: 'y', z: 'name', stroke: 'name' })],
  });
}

/**
 * How often values occur, in equal steps from the least to the greatest, as SVG. NaN and infinite values are left out.
 *
 * @throws {StdpError} when the title is no text or the values no numbers.
 * @example
 * await writeFile('weights.svg', histogram('layer 1', randomNormal(100, 1, 0.8, 0.05)));
 */
export function histogram(title: string, values: Float32Array): string {
  ensureIs(aText, title, 'histogram', 'title');
  ensureIs(someNumbers, values, 'histogram', 'values');
  const bars = histogramBars(values);
  return render(title, [], {
    height: 220,
    x: { label: 'weight' },
    y: { label: 'number', labelAnchor: 'center', grid: true, tickFormat: '~s' },
    marks: [
      Plot.rectY(bars, { x1: 'from', x2: 'to', y: 'count', fill: colours[0] ?? '' }),
      ...(bars.length > 0 ? [Plot.ruleY([0])] : []),
    ],
  });
}

/**
 * A dot for each spike, time to the right and neurons upwards, coloured by channel, as SVG.
 *
 * @param unit  of the times, which their axis names: `'ms'`, `'steps'`. Default: none.
 * @throws {StdpError} when the spikes have no such times, neurons and channels, or are more than 2¹⁷.
 * @example
 * await writeFile('spikes.svg', rasterPlot('a seven', [{ time: 3, neuron: 12, channel: 'ON' }], 'ms'));
 */
export function rasterPlot(title: string, spikes: readonly RasterSpike[], unit?: string): string {
  const where = 'rasterPlot';
  ensureIs(aText, title, where, 'title');
  ensureIs(someSpikes, spikes, where, 'spikes');
  ensureIs(optional(aText), unit, where, 'unit');
  const names = [...new Set(spikes.map(({ channel }) => channel))].sort();
  return render(title, names, {
    x: { label: unit === undefined ? 'time' : `time (${unit})`, ...wide(spikes.map(({ time }) => time)) },
    y: { label: 'neuron', labelAnchor: 'center', ...wide(spikes.map(({ neuron }) => neuron)) },
    marks: [Plot.dot(spikes, { x: 'time', y: 'neuron', fill: 'channel', r: 1.5 })],
  });
}

/** Side of a cell of the confusion matrix in pixels, and of the whole matrix, at most. */
const CELL = 36;
const WIDEST = 256 * CELL;

/** Height of a line of text in pixels: smaller cells bear no number, and not each a name. */
const LINE = 12;

/**
 * A confusion matrix as SVG: a row for each true class, a column for each answer; the deeper a cell's colour, the
 * greater its part of the row. Classes that never occurred have empty rows. Of more than 256 classes cells shrink, and those
 * without images are left out.
 *
 * @throws {StdpError} unless there are as many rows, and counts in each, as classes, and at most 4096 of them.
 * @example
 * await writeFile('confusion.svg', confusionPlot('Test images', { classes: ['0', '1'], counts: [[9, 1], [2, 8]] }));
 */
export function confusionPlot(title: string, confusion: Confusion): string {
  const where = 'confusionPlot';
  ensureIs(aText, title, where, 'title');
  const { classes, counts } = orThrow(validateRecord(where, confusion, confusionChecks(confusion?.classes), 'confusion'));
  const side = Math.min(CELL, WIDEST / classes.length);
  const cells = counts.flatMap((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0) || 1;
    return row.flatMap((count, answer) =>
      count === 0 && side < CELL ? [] : { actual, answer, part: count / total, label: count > 0 ? String(count) : '' },
    );
  });
  const domain = classes.map((_, index) => index);
  const ticks = domain.filter((index) => index % Math.ceil(LINE / side) === 0);
  const name = (index: number): string => classes[index] ?? '';
  const margin = 36 + 6 * Math.max(1, ...classes.map(({ length }) => length));
  return render(title, [], {
    width: margin + 20 + side * classes.length,
    height: TOP + 36 + side * classes.length,
    marginLeft: margin,
    x: { label: 'answer', domain, ticks, tickFormat: name },
    y: { label: 'class', labelAnchor: 'center', domain, ticks, tickFormat: name },
    marks: [
      Plot.cell(cells, { x: 'answer', y: 'actual', fill: colours[0] ?? '', fillOpacity: 'part', inset: 0.5 }),
      ...(side < LINE ? [] : [Plot.text(cells, { x: 'answer', y: 'actual', text: 'label' })]),
    ],
    opacity: { type: 'linear', domain: [0, 1], range: [0.06, 1] },
  });
}
