import { at } from '../../../core/at.js';
import { fork } from '../../../core/random.js';
import { type DataSet, takeFirst } from '../../../data/dataSet.js';
import { streams } from '../../../networks/competitive/streams.js';
import { neuronLabels } from '../../../networks/competitive/vote.js';
import { answer } from '../../../networks/workers/competitiveJobs.js';
import { drawRgbFields } from '../../fields/colouredFields.js';
import { layout } from '../../fields/drawFields.js';
import { drawLabelledFields, groups } from '../../fields/labelledFields.js';
import { drawable } from '../../plots/drawable.js';
import type { InputSpikes, RunNumbers, RunPictures } from '../networkKind.js';
import type { CompetitiveRun } from './competitiveRun.js';

/** The numbers that a competitive layer has to show. */
export function competitiveNumbers({ network, training, arrays, data }: CompetitiveRun): RunNumbers {
  const { neurons } = network.layer;
  const before = [0, ...training.activity.map(({ images }) => images)];
  const activity = training.activity.map(({ images, spikes }, index) => [images, spikes / (images - at(before, index))] as const);
  // Runs of before their sides were kept show an image as one row.
  const { channels, rows = 1, columns = arrays.weights.length / neurons / rows / channels } = data;
  return {
    fields: [{ name: 'Weights', values: arrays.weights, shape: [rows, columns, channels, neurons] }],
    histograms: [{ name: 'Weights', values: arrays.weights }],
    learning: {
      title: 'Spikes of the layer while it learned',
      xLabel: 'images',
      yLabel: 'spikes an image',
      series: [{ name: 'Layer', points: activity }],
    },
  };
}

/** Which class each neuron stands for; −1 for none, and for all while it isn't known. */
const labelsOf = ({ network, arrays: { answers } }: CompetitiveRun): Int32Array =>
  answers === undefined ? new Int32Array(network.layer.neurons).fill(-1) : neuronLabels(answers);

/** What a competitive layer has to show. */
export async function competitivePictures(run: CompetitiveRun, data: DataSet): Promise<RunPictures> {
  const { network, arrays } = run;
  const { neurons } = network.layer;
  const known = arrays.answers !== undefined;
  const labels = labelsOf(run);
  const shape = [data.rows, data.columns, neurons] as const;
  const grey = data.channels === 1;
  const picture = grey
    ? drawLabelledFields(arrays.weights, shape, labels, Math.max(data.classes, arrays.answers?.classes ?? 0))
    : drawRgbFields(arrays.weights, shape, groups(labels));
  const { shown } = layout(data.rows, data.columns, neurons);
  const { histograms, learning } = competitiveNumbers(run);
  const { spikes, unit } = await competitiveSpikes(run, data);
  return {
    facts: [
      [
        'Neurons',
        known ? `${neurons}; ${labels.filter((label) => label < 0).length} of them stand for no class` : String(neurons),
      ],
      ...(known ? [['Vote', network.readout.vote] as const] : []),
    ],
    fields: [
      {
        name: `Weights${known ? `, neurons of a class ${grey ? 'in one colour' : 'side by side'}` : ''}${shown < neurons ? `; ${shown} of them` : ''}`,
        png: picture.png,
      },
    ],
    raster: { ...drawable(`The first test image, of class ${data.test.labels[0]}`, spikes), unit },
    histograms,
    learning,
  };
}

/** Who fires for the first test image, as in the test, in the channels of the classes that neurons stand for. */
export async function competitiveSpikes(run: CompetitiveRun, data: DataSet): Promise<InputSpikes> {
  const { network, seed, arrays } = run;
  const labels = labelsOf(run);
  const { pixels } = takeFirst(data.test, 1);
  const shown = { spec: network, learned: arrays, pixels, size: pixels.length, spikes: fork(seed, streams.testing) };
  const channelOf = (neuron: number): string =>
    arrays.answers === undefined ? 'spike' : `class ${(labels[neuron] ?? -1) < 0 ? '–' : labels[neuron]}`;
  const spikes = Array.from(answer(shown)(0, 1), (neuron, step) => ({
    time: step * network.dt,
    neuron,
    channel: channelOf(neuron),
  })).filter(({ neuron }) => neuron >= 0);
  return { spikes, unit: 'ms' };
}
