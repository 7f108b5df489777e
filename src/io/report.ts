import { orThrow } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { aText, type Checks, check, optional } from '../core/params/validation.js';
import { chartChecks, confusionChecks, listOf, recordOf, someNumbers, spikes, validateRecord } from './plots/plotChecks.js';
import { confusionPlot, histogram, lineChart, rasterPlot } from './plots/plots.js';
import type { Confusion, LineChart, RasterSpike } from './plots/plotted.js';
import { escapeHtml, renderPage, section } from './reportPage.js';

/** What a training run has to show, as plain data. */
export interface Report {
  readonly title: string;
  /** What was run and what came out: seed, command, time, accuracy, data set, … */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** A picture of each layer's receptive fields. */
  readonly fields: readonly { readonly name: string; readonly png: Uint8Array }[];
  /** The spikes of one input and the unit of their times; undefined when none was shown. */
  readonly raster: { readonly title: string; readonly spikes: readonly RasterSpike[]; readonly unit?: string } | undefined;
  /** The weights of each layer. */
  readonly histograms: readonly { readonly name: string; readonly values: Float32Array }[];
  /** A curve over the images seen; without points when nothing was measured. */
  readonly learning: LineChart;
  /** Undefined when the run ended before its test. */
  readonly confusion: Confusion | undefined;
}

/**
 * A report as one HTML file that needs nothing else: plots are inline SVG, pictures data URIs, and no host is asked for
 * anything. It follows the reader's light or dark theme. What is missing or empty is said in a sentence.
 *
 * @throws {StdpError} that names what of the report can't be shown.
 * @example
 * const learning = { title: 'Spikes an image', xLabel: 'images', yLabel: 'spikes', series: [] };
 * const nothing = { fields: [], raster: undefined, histograms: [], learning, confusion: undefined };
 * await writeFile('report.html', renderReport({ title: 'A run', facts: [['seed', '1']], ...nothing }));
 */
export function renderReport(given: Report): string {
  const report = orThrow(validateRecord('renderReport', given, checksOf(given), 'report'));
  return renderPage(report.title, report.facts, [
    section('Receptive fields', report.fields.map(fieldFigure), 'No layer has weights to show.'),
    section('Spikes of one input', rasterPlots(report.raster), report.raster ? 'Nothing spiked.' : 'No input was shown.'),
    section('Weights', report.histograms.map(weightHistogram), 'No layer has weights to show.'),
    section('Learning', learningPlots(report.learning), 'Nothing was measured yet.'),
    section('Confusion matrix', confusionPlots(report.confusion), 'The run ended before its test.'),
  ]);
}

const checksOf = (report: Report | undefined): Checks<Report> => ({
  title: aText,
  facts: listOf(
    '[label, value]',
    check('[label, value]', (fact) => isListOf(fact, (text) => typeof text === 'string') && fact.length === 2),
  ),
  fields: listOf('pictures with a name', recordOf<Report['fields'][number]>({ name: aText, png: aPicture })),
  raster: optional(recordOf<NonNullable<Report['raster']>>({ title: aText, spikes, unit: optional(aText) })),
  histograms: listOf('names and values', recordOf<Report['histograms'][number]>({ name: aText, values: someNumbers })),
  learning: recordOf(chartChecks),
  confusion: optional(recordOf(confusionChecks(report?.confusion?.classes))),
});

const aPicture = check('the bytes of a picture', (value) => value instanceof Uint8Array);

function fieldFigure({ name, png }: Report['fields'][number]): string {
  const source = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const caption = escapeHtml(name);
  return `<figure><figcaption>${caption}</figcaption><img src="${source}" alt="Receptive fields: ${caption}"></figure>`;
}

const rasterPlots = (raster: Report['raster']): readonly string[] =>
  raster === undefined || raster.spikes.length === 0 ? [] : [rasterPlot(raster.title, raster.spikes, raster.unit)];

const weightHistogram = ({ name, values }: Report['histograms'][number]): string => histogram(name, values);

const learningPlots = (learning: LineChart): readonly string[] =>
  learning.series.some(({ points }) => points.length > 0) ? [lineChart(learning)] : [];

const confusionPlots = (confusion: Report['confusion']): readonly string[] =>
  confusion === undefined ? [] : [confusionPlot('True classes and answers', confusion)];
