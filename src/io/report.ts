import { orThrow } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import { aText, type Checks, check, optional } from '../core/params/validation.js';
import { chartChecks, confusionChecks, listOf, recordOf, someNumbers, spikes, validateRecord } from './plots/plotChecks.js';
import { confusionPlot, histogram, lineChart, rasterPlot } from './plots/plots.js';
import type { Confusion, LineChart, RasterSpike } from './plots/plotted.js';

/**
 * What a training run has to show, as plain data.
 *
 * @property facts       what was run and what came out: seed, command, time, accuracy, data set, …
 * @property fields      a picture of each layer's receptive fields.
 * @property raster      the spikes of one input and the unit of their times; undefined when none was shown.
 * @property histograms  the weights of each layer.
 * @property learning    a curve over the images seen; without points when nothing was measured.
 * @property confusion   undefined when the run ended before its test.
 */
export interface Report {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly fields: readonly { readonly name: string; readonly png: Uint8Array }[];
  readonly raster: { readonly title: string; readonly spikes: readonly RasterSpike[]; readonly unit?: string } | undefined;
  readonly histograms: readonly { readonly name: string; readonly values: Float32Array }[];
  readonly learning: LineChart;
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
  const title = escapeHtml(report.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<table>${report.facts.map(factRow).join('')}</table>
${section('Receptive fields', report.fields.map(fieldFigure), 'No layer has weights to show.')}
${section('Spikes of one input', rasterPlots(report.raster), report.raster ? 'Nothing spiked.' : 'No input was shown.')}
${section('Weights', report.histograms.map(weightHistogram), 'No layer has weights to show.')}
${section('Learning', learningPlots(report.learning), 'Nothing was measured yet.')}
${section('Confusion matrix', confusionPlots(report.confusion), 'The run ended before its test.')}
</body>
</html>
`;
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

const style = `
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; background: Canvas; color: CanvasText; font: 1rem/1.5 system-ui, sans-serif; }
th { padding-right: 2rem; text-align: left; font-weight: 600; vertical-align: top; }
td { overflow-wrap: anywhere; }
section { overflow-x: auto; }
figure { margin: 0 0 1.5rem; }
img { max-width: 100%; image-rendering: pixelated; }
svg { margin-bottom: 1.5rem; background: none; color: inherit; }
`;

const escapes: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const factRow = ([label, value]: readonly [string, string]): string =>
  `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`;

const section = (heading: string, parts: readonly string[], otherwise: string): string =>
  `<section><h2>${heading}</h2>\n${parts.length > 0 ? parts.join('\n') : `<p>${otherwise}</p>`}</section>`;

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
