import { addAt, at } from '../core/at.js';
import { orThrow } from '../core/errors.js';
import { aText, ensureIs, optional } from '../core/params/validation.js';
import { DOMParser } from '../vendor/dom.js';
import * as Plot from '../vendor/plot.js';
import { chartChecks, confusionChecks, someNumbers, spikes as someSpikes, validateRecord } from './plotChecks.js';
import type { Confusion, LineChart, RasterSpike } from './plotted.js';

/** Told apart on white and on black. */
const colours = ['#2f80d0', '#d9622b', '#2f9e5f', '#b05cc5', '#a98600', '#d0407a', '#1f9aa8', '#808080'];

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

/** A number in the few characters that stand left of a plot: −2e-5, where −0.000020 would reach beyond the picture. */
function shortNumber(value: number): string {
  const rounded = Number(value.toPrecision(4));
  const isSmall = rounded !== 0 && Math.abs(rounded) < 1e-3;
  return (isSmall ? rounded.toExponential() : rounded.toLocaleString('en-US', { maximumFractionDigits: 6 })).replaceAll('-', '−');
}

/**
 * The domain and the ticks of an axis, where values alone would make poor ones: some room about a single value, and no fractions
 * between counts.
 */
function wide(values: readonly number[], logarithmic = false): Plot.ScaleOptions {
  const known = values.filter(Number.isFinite);
  const least = known.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const greatest = known.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  const whole = known.every(Number.isInteger) && greatest - least < 10 && !logarithmic;
  const ticks = whole ? { tickFormat: (tick: number) => (Number.isInteger(tick) ? tick.toLocaleString('en-US') : '') } : {};
  if (known.length === 0 || least < greatest) return ticks;
  if (logarithmic) return { domain: [least / 2, least * 2] };
  const room = whole ? 1 : Math.abs(least) / 2;
  return { ...ticks, domain: [least - room, least + room] };
}

/** How many bars a histogram has. */
const BARS = 40;

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
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const [start, step] = greatest > least ? [least, (greatest - least) / BARS] : [least - 0.5, 1 / BARS];
  const counts = new Float64Array(least <= greatest ? BARS : 0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const bar = Math.min(BARS - 1, Math.floor((value - start) / step));
    addAt(counts, bar, 1);
  }
  const bars = Array.from(counts, (count, bar) => ({ from: start + bar * step, to: start + (bar + 1) * step, count }));
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

/** Side of a cell of the confusion matrix in pixels. */
const CELL = 36;

/**
 * A confusion matrix as SVG: a row for each true class, a column for each answer; the deeper a cell's colour, the
 * greater its part of the row. Classes that never occurred have empty rows.
 *
 * @throws {StdpError} unless there are as many rows, and counts in each, as classes, and at most 256 of them.
 * @example
 * await writeFile('confusion.svg', confusionPlot('Test images', { classes: ['0', '1'], counts: [[9, 1], [2, 8]] }));
 */
export function confusionPlot(title: string, confusion: Confusion): string {
  const where = 'confusionPlot';
  ensureIs(aText, title, where, 'title');
  const { classes, counts } = orThrow(validateRecord(where, confusion, confusionChecks(confusion?.classes), 'confusion'));
  const cells = counts.flatMap((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0) || 1;
    return row.map((count, answer) => ({ actual, answer, part: count / total, label: count > 0 ? String(count) : '' }));
  });
  const domain = classes.map((_, index) => index);
  const name = (index: number): string => classes[index] ?? '';
  const margin = 36 + 6 * Math.max(1, ...classes.map(({ length }) => length));
  return render(title, [], {
    width: margin + 20 + CELL * classes.length,
    height: TOP + 36 + CELL * classes.length,
    marginLeft: margin,
    x: { label: 'answer', domain, tickFormat: name },
    y: { label: 'class', labelAnchor: 'center', domain, tickFormat: name },
    marks: [
      Plot.cell(cells, { x: 'answer', y: 'actual', fill: colours[0] ?? '', fillOpacity: 'part', inset: 0.5 }),
      Plot.text(cells, { x: 'answer', y: 'actual', text: 'label' }),
    ],
    opacity: { type: 'linear', domain: [0, 1], range: [0.06, 1] },
  });
}

/** Room above a plot for its title and its legend. */
const TOP = 50;

function render(title: string, names: readonly string[], options: Plot.PlotOptions): string {
  // An XML document, not HTML: it escapes attributes as a standalone file needs.
  const document = new DOMParser().parseFromString('<svg/>', 'image/svg+xml') as unknown as Document;
  const svg = Plot.plot({
    document,
    className: 'stdp-plot',
    ariaLabel: title,
    width: 640,
    height: 300,
    marginTop: TOP,
    marginLeft: 60,
    color: { type: 'ordinal', domain: names, range: colours },
    ...options,
    marks: [...(options.marks ?? []), heading(title), ...(names.length > 1 ? legend(names) : [])],
  });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = ':where(.stdp-plot) { background: white; color: black; }';
  svg.insertBefore(style, svg.firstChild);
  return svg.outerHTML;
}

const heading = (title: string): Plot.Markish =>
  Plot.text([title], { frameAnchor: 'top-left', dx: -40, dy: 8 - TOP, fontSize: 13, fontWeight: 'bold' });

/** The names in their colours, side by side. */
function legend(names: readonly string[]): readonly Plot.Markish[] {
  let right = -40;
  return names.map((name, index) => {
    const dx = right;
    right += 24 + 6 * name.length;
    return Plot.text([`● ${name}`], { frameAnchor: 'top-left', dx, dy: 26 - TOP, fill: at(colours, index % colours.length) });
  });
}
