import { fork } from '../core/random.js';
import { type DataSet, takeFirst } from '../data/dataSet.js';
import { drawLabelledFields } from '../io/labelledFields.js';
import type { RasterSpike } from '../io/plots.js';
import type { CompetitiveRun } from '../io/run.js';
import { streams } from '../networks/competitive/streams.js';
import { neuronLabels } from '../networks/competitive/vote.js';
import { answer } from '../networks/crew/answerJob.js';
import type { RunPictures } from './runPictures.js';

/** What a competitive layer has to show. */
export function competitivePictures(run: CompetitiveRun, data: DataSet): RunPictures {
  const { network, training, arrays } = run;
  const { neurons } = network.layer;
  const labels = arrays.answers === undefined ? new Int32Array(neurons).fill(-1) : neuronLabels(arrays.answers);
  const picture = drawLabelledFields(arrays.weights, [data.rows, data.columns, neurons], labels, data.classes);
  const before = [0, ...training.activity.map(({ images }) => images)];
  const activity = training.activity.map(({ images, spikes }, at) => [images, spikes / (images - (before[at] ?? 0))] as const);
  return {
    facts: [
      ['Neurons', `${neurons}; ${labels.filter((label) => label < 0).length} of them stand for no class`],
      ['Vote', network.readout.vote],
    ],
    fields: [{ name: 'Weights, neurons of a class in one colour', png: picture.png }],
    raster: { title: `The first test image, of class ${data.test.labels[0]}`, spikes: firstRaster(run, data, labels) },
    histograms: [{ name: 'Weights', values: arrays.weights }],
    learning: {
      title: 'Spikes of the layer while it learned',
      xLabel: 'images',
      yLabel: 'spikes an image',
      series: [{ name: 'Layer', points: activity }],
    },
  };
}

/** Who fires for the first test image, as in the test, coloured by the classes that the neurons stand for. */
function firstRaster({ network, seed, arrays }: CompetitiveRun, data: DataSet, labels: Int32Array): readonly RasterSpike[] {
  const { pixels } = takeFirst(data.test, 1);
  const raster = answer({ spec: network, learned: arrays, pixels, size: pixels.length, spikes: fork(seed, streams.testing) })(
    0,
    1,
  );
  return Array.from(raster, (neuron, step) => ({
    time: step * network.dt,
    neuron,
    channel: `class ${(labels[neuron] ?? -1) < 0 ? '–' : labels[neuron]}`,
  })).filter(({ neuron }) => neuron >= 0);
}
