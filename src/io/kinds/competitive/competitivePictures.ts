import { at } from '../../../core/at.js';
import { fork } from '../../../core/random.js';
import { type DataSet, takeFirst } from '../../../data/dataSet.js';
import { streams } from '../../../networks/competitive/streams.js';
import { neuronLabels } from '../../../networks/competitive/vote.js';
import { answer } from '../../../networks/workers/competitiveJobs.js';
import { drawRgbFields } from '../../fields/colouredFields.js';
import { drawLabelledFields, groups } from '../../fields/labelledFields.js';
import { layout } from '../../fields/receptiveFields.js';
import { drawable } from '../../plots/drawable.js';
import type { RasterSpike } from '../../plots/plotted.js';
import type { RunPictures } from '../networkKind.js';
import type { CompetitiveRun } from './competitiveRun.js';

/** What a competitive layer has to show. */
export async function competitivePictures(run: CompetitiveRun, data: DataSet): Promise<RunPictures> {
  const { network, training, arrays } = run;
  const { neurons } = network.layer;
  const known = arrays.answers !== undefined;
  const labels = known ? neuronLabels(arrays.answers) : new Int32Array(neurons).fill(-1);
  const shape = [data.rows, data.columns, neurons] as const;
  const grey = data.channels === 1;
  const picture = grey
    ? drawLabelledFields(arrays.weights, shape, labels, Math.max(data.classes, arrays.answers?.classes ?? 0))
    : drawRgbFields(arrays.weights, shape, groups(labels));
  const { shown } = layout(data.rows, data.columns, neurons);
  const before = [0, ...training.activity.map(({ images }) => images)];
  const activity = training.activity.map(({ images, spikes }, index) => [images, spikes / (images - at(before, index))] as const);
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
    raster: {
      ...drawable(
        `The first test image, of class ${data.test.labels[0]}`,
        firstRaster(run, data, (neuron) => (known ? `class ${(labels[neuron] ?? -1) < 0 ? '–' : labels[neuron]}` : 'spike')),
      ),
      unit: 'ms',
    },
    histograms: [{ name: 'Weights', values: arrays.weights }],
    learning: {
      title: 'Spikes of the layer while it learned',
      xLabel: 'images',
      yLabel: 'spikes an image',
      series: [{ name: 'Layer', points: activity }],
    },
  };
}

/** Who fires for the first test image, as in the test, in the channels of the neurons. */
function firstRaster(
  { network, seed, arrays }: CompetitiveRun,
  data: DataSet,
  channelOf: (neuron: number) => string,
): readonly RasterSpike[] {
  const { pixels } = takeFirst(data.test, 1);
  const raster = answer({ spec: network, learned: arrays, pixels, size: pixels.length, spikes: fork(seed, streams.testing) })(
    0,
    1,
  );
  return Array.from(raster, (neuron, step) => ({ time: step * network.dt, neuron, channel: channelOf(neuron) })).filter(
    ({ neuron }) => neuron >= 0,
  );
}
