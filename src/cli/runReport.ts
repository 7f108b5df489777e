import type { DataSet } from '../data/dataSet.js';
import { takeFirst } from '../data/dataSet.js';
import { drawReceptiveFields } from '../io/receptiveFields.js';
import { renderReport } from '../io/report.js';
import type { Run, RunArrays } from '../io/run.js';
import { encodeImages } from '../networks/encodeImages.js';
import { projectFields } from '../networks/projectFields.js';
import { percent } from './text.js';

/** The pictures and the report of a run, by file name. */
export async function runFiles(
  run: Run,
  { layers }: RunArrays,
  data: DataSet,
  command: string,
  seconds: number,
): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const pictures = layers.map((_, index) => {
    const { values, shape } = projectFields(run.network, layers, index, run.data.channels);
    return {
      name: `Layer ${index + 1}`,
      file: `receptive-fields-layer${index + 1}.png`,
      png: drawReceptiveFields(values, shape).png,
    };
  });
  const report = renderReport({
    title: `${run.network.name}: STDP on ${run.data.name}`,
    facts: facts(run, command, seconds),
    fields: pictures,
    raster: { title: 'The first test image', spikes: await firstRaster(run, data) },
    histograms: layers.map((values, index) => ({ name: `Layer ${index + 1}`, values })),
    convergence: run.training.convergence.map(({ layer, images, value }) => ({ layer: `Layer ${layer + 1}`, images, value })),
    confusion:
      run.score === undefined
        ? undefined
        : { classes: run.score.confusion.map((_, index) => String(index)), counts: run.score.confusion },
  });
  return new Map<string, Uint8Array | string>([
    ['report.html', report],
    ...pictures.map(({ file, png }) => [file, png] as const),
  ]);
}

async function firstRaster(run: Run, data: DataSet) {
  const { values, steps } = await encodeImages(takeFirst(data.test, 1), data.rows, data.columns, run.network.encoder);
  return Array.from(values, (time, index) => ({
    time,
    neuron: Math.floor(index / 2),
    channel: index % 2 === 0 ? 'ON' : 'OFF',
  })).filter(({ time }) => time < steps);
}

const facts = (run: Run, command: string, seconds: number): readonly (readonly [string, string])[] => [
  ['Status', run.status],
  ...(run.score === undefined
    ? []
    : [['Accuracy', `${percent(run.score.accuracy)} on ${run.data.holdout > 0 ? 'held-out training' : 'test'} images`] as const]),
  ...(run.shuffled === undefined ? [] : [['With shuffled weights', percent(run.shuffled.accuracy)] as const]),
  ['Data set', `${run.data.name}, ${run.data.train} training images`],
  ['Seed', String(run.seed)],
  ['Backend', run.backend],
  ['Time', `${seconds.toFixed(1)} s`],
  ['Command', command],
];
