import { at } from '../../../core/at.js';
import { namesOf } from '../../../data/classNames.js';
import { type DataSet, takeFirst } from '../../../data/dataSet.js';
import { neuronLabels } from '../../../networks/competitive/vote.js';
import { encodeImages } from '../../../networks/latency/encodeImages.js';
import { projectFields } from '../../../networks/latency/projectFields.js';
import { branchOfLayer, encodersOf, ofBranch } from '../../../networks/latency/spec/branches.js';
import { inputMapName, inputMaps } from '../../../networks/latency/spec/encoderColours.js';
import type { EncoderSpec } from '../../../networks/latency/spec/encoderSpec.js';
import { isByFirstSpikes, isByVotes } from '../../../networks/readout/readout.js';
import type { Picture } from '../../fields/drawFields.js';
import { drawReceptiveFields } from '../../fields/receptiveFields.js';
import { percent } from '../../percent.js';
import { drawable } from '../../plots/drawable.js';
import type { InputSpikes, RunNumbers, RunPictures } from '../networkKind.js';
import type { LatencyRun } from './latencyRun.js';
import { readoutFields } from './readoutFields.js';

/** The numbers that a latency-coded network has to show. */
export function latencyNumbers({
  network,
  arrays: { layers, readout },
  data,
  training: { convergence },
}: LatencyRun): RunNumbers {
  const neurons = readout !== undefined && (isByFirstSpikes(readout) || isByVotes(readout)) ? readout : undefined;
  const [rows, columns] = neurons?.image ?? [];
  const frame = rows === undefined || columns === undefined ? undefined : { rows, columns, channels: data.channels };
  const stages = [...new Set(convergence.map(({ layer }) => layer))];
  return {
    fields: [
      ...layers.map((_, layer) => {
        const { branch, index } = branchOfLayer(network, layer);
        const fields = projectFields(branch.spec, ofBranch(branch, layers), index, data.channels / branch.shares);
        return { name: `Layer ${layer + 1}`, ...fields };
      }),
      ...(neurons === undefined || frame === undefined ? [] : readoutFields(network, layers, neurons, frame)),
    ],
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
  const image = takeFirst(data.test, 1);
  const encoders = encodersOf(network);
  const spikes = encoders.map(async (encoder, index) => {
    const { values, steps } = await encodeImages(image, data.rows, data.columns, encoder);
    const maps = inputMaps(encoder);
    const of = encoders.length === 1 ? '' : `encoder ${index + 1} `;
    return Array.from(values, (time, place) => ({
      time,
      neuron: Math.floor(place / maps),
      channel: of + inputMapName(encoder, place % maps),
    })).filter(({ time }) => time < steps);
  });
  return { spikes: (await Promise.all(spikes)).flat(), unit: 'steps' };
}

/** How fields are drawn: those of features with a row for each feature and a column for each of its fields. */
function drawing({ input, colour, fields }: EncoderSpec): (values: Float32Array, shape: readonly number[]) => Picture {
  if (input === 'features')
    return (values, shape) => drawReceptiveFields(values, [values.length / (fields * at(shape, -1)), fields, 1, at(shape, -1)]);
  const drawn = input === 'latencies' ? 'channels' : colour; // a saccade in red, one in green, one in blue
  return (values, shape) => drawReceptiveFields(values, shape, drawn);
}

/** What a latency-coded network has to show. */
export async function latencyPictures(run: LatencyRun, data: DataSet): Promise<RunPictures> {
  const { fields, ...numbers } = latencyNumbers(run);
  const { spikes, unit } = await latencySpikes(run, data);
  const draw = drawing(run.network.encoder);
  return {
    facts: [...controlFacts(run), ['Backend', run.backend], ...answerFacts(run), ...voterFacts(run)],
    fields: fields.map(({ name, values, shape }) => ({ name, png: draw(values, shape).png })),
    raster: { ...drawable('The first test image', spikes), unit },
    ...numbers,
  };
}

/** What the control comes to, and that it spikes as much as the trained network. */
function controlFacts({ controlled }: LatencyRun): RunPictures['facts'] {
  if (controlled === undefined) return [];
  const { kind, accuracy, densities } = controlled;
  return [
    [`With ${kind} weights`, percent(accuracy)],
    ...densities.map(({ layer, threshold, trained, control }) => {
      const both = `${trained.toFixed(1)} trained, ${control.toFixed(1)} ${kind} (threshold ${threshold.toPrecision(4)})`;
      return [`Spikes of layer ${layer + 1} an image`, both] as const;
    }),
  ];
}

/** Classes whose neurons are told of, at most. */
const mostTold = 32;

/** Which output neurons answer, and when: as many training images each, at that share of the longest time on average. */
function answerFacts({ arrays: { readout }, data: { classNames } }: LatencyRun): RunPictures['facts'] {
  if (readout === undefined || !isByFirstSpikes(readout)) return [];
  const { classes, answers, times } = readout;
  const perClass = answers.length / classes;
  const names = namesOf(classNames, classes);
  return Array.from({ length: Math.min(classes, mostTold) }, (_, own) => {
    const neurons = Array.from({ length: perClass }, (_neuron, index) => own * perClass + index);
    const told = neurons.map((neuron) => `${at(answers, neuron)} at ${at(times, neuron).toFixed(2)}`);
    return [`Answers of the neurons for ${at(names, own)}`, told.join(', ')] as const;
  });
}

/** For how many neurons each class is the one that they vote for most. */
function voterFacts({ arrays: { readout }, data: { classNames } }: LatencyRun): RunPictures['facts'] {
  if (readout === undefined || !isByVotes(readout)) return [];
  const { classes, rates } = readout;
  const labels = neuronLabels({ classes, rates });
  const counted = (label: number): number => labels.filter((own) => own === label).length;
  const told = namesOf(classNames, classes).slice(0, mostTold);
  const silent = counted(-1) === 0 ? [] : [`${counted(-1)} never`];
  return [['Neurons that vote for', [...told.map((name, label) => `${name}: ${counted(label)}`), ...silent].join(', ')]];
}
