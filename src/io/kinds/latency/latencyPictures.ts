import { type DataSet, takeFirst } from '../../../data/dataSet.js';
import { encodeImages } from '../../../networks/latency/encodeImages.js';
import { projectFields } from '../../../networks/latency/projectFields.js';
import { inputMapName } from '../../../networks/latency/spec/encoderColours.js';
import { drawOnOffFields } from '../../fields/colouredFields.js';
import { drawReceptiveFields } from '../../fields/receptiveFields.js';
import { percent } from '../../percent.js';
import { drawable } from '../../plots/drawable.js';
import type { RunPictures } from '../networkKind.js';
import type { LatencyRun } from './latencyRun.js';

/** What a latency-coded network has to show. */
export async function latencyPictures(run: LatencyRun, data: DataSet): Promise<RunPictures> {
  const { layers } = run.arrays;
  const stages = [...new Set(run.training.convergence.map(({ layer }) => layer))];
  return {
    facts: [
      ...(run.shuffled === undefined ? [] : [['With shuffled weights', percent(run.shuffled.accuracy)] as const]),
      ['Backend', run.backend],
    ],
    fields: layers.map((_, index) => {
      const { values, shape } = projectFields(run.network, layers, index, run.data.channels);
      const { colour } = run.network.encoder;
      const { png } = colour === 'grey' ? drawReceptiveFields(values, shape) : drawOnOffFields(values, shape, colour);
      return { name: `Layer ${index + 1}`, png };
    }),
    raster: { ...drawable('The first test image', await firstRaster(run, data)), unit: 'steps' },
    histograms: layers.map((values, index) => ({ name: `Layer ${index + 1}`, values })),
    learning: {
      title: 'How far the weights are from their bounds',
      xLabel: 'images',
      yLabel: 'convergence',
      series: stages.map((stage) => ({
        name: `Layer ${stage + 1}`,
        points: run.training.convergence
          .filter(({ layer }) => layer === stage)
          .map(({ images, value }) => [images, value] as const),
      })),
    },
  };
}

async function firstRaster(run: LatencyRun, data: DataSet) {
  const { values, steps, channels } = await encodeImages(takeFirst(data.test, 1), data.rows, data.columns, run.network.encoder);
  return Array.from(values, (time, index) => ({
    time,
    neuron: Math.floor(index / channels),
    channel: inputMapName(run.network.encoder, index % channels),
  })).filter(({ time }) => time < steps);
}
