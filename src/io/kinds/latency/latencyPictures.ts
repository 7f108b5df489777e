import { type DataSet, takeFirst } from '../../../data/dataSet.js';
import { encodeImages } from '../../../networks/latency/encodeImages.js';
import { projectFields } from '../../../networks/latency/projectFields.js';
import { inputMapName } from '../../../networks/latency/spec/encoderColours.js';
import { drawOnOffFields } from '../../fields/colouredFields.js';
import { drawReceptiveFields } from '../../fields/receptiveFields.js';
import { percent } from '../../percent.js';
import { drawable } from '../../plots/drawable.js';
import type { InputSpikes, RunNumbers, RunPictures } from '../networkKind.js';
import type { LatencyRun } from './latencyRun.js';

/** The numbers that a latency-coded network has to show. */
export function latencyNumbers({ network, arrays: { layers }, data, training: { convergence } }: LatencyRun): RunNumbers {
  const stages = [...new Set(convergence.map(({ layer }) => layer))];
  return {
    fields: layers.map((_, index) => ({
      name: `Layer ${index + 1}`,
      ...projectFields(network, layers, index, data.channels),
    })),
    histograms: layers.map((values, index) => ({ name: `Layer ${index + 1}`, values })),
    learning: {
      title: 'How far the weights are from their bounds',
      xLabel: 'images',
      yLabel: 'convergence',
      series: stages.map((stage) => ({
        name: `Layer ${stage + 1}`,
        points: convergence.filter(({ layer }) => layer === stage).map(({ images, value }) => [images, value] as const),
      })),
    },
  };
}

/** When the first test image spikes, in each channel. */
export async function latencySpikes({ network }: LatencyRun, data: DataSet): Promise<InputSpikes> {
  const { values, steps, channels } = await encodeImages(takeFirst(data.test, 1), data.rows, data.columns, network.encoder);
  const spikes = Array.from(values, (time, index) => ({
    time,
    neuron: Math.floor(index / channels),
    channel: inputMapName(network.encoder, index % channels),
  })).filter(({ time }) => time < steps);
  return { spikes, unit: 'steps' };
}

/** What a latency-coded network has to show. */
export async function latencyPictures(run: LatencyRun, data: DataSet): Promise<RunPictures> {
  const { fields, ...numbers } = latencyNumbers(run);
  const { spikes, unit } = await latencySpikes(run, data);
  const { input, colour } = run.network.encoder;
  const drawn = input === 'latencies' ? 'channels' : colour; // a saccade in red, one in green, one in blue
  const draw = (values: Float32Array, shape: readonly number[]) =>
    drawn === 'grey' ? drawReceptiveFields(values, shape) : drawOnOffFields(values, shape, drawn);
  return {
    facts: [
      ...(run.shuffled === undefined ? [] : [['With shuffled weights', percent(run.shuffled.accuracy)] as const]),
      ['Backend', run.backend],
    ],
    fields: fields.map(({ name, values, shape }) => ({ name, png: draw(values, shape).png })),
    raster: { ...drawable('The first test image', spikes), unit },
    ...numbers,
  };
}
