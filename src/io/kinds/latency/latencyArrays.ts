import { featureSize } from '../../../networks/latency/spec/branches.js';
import { weightShapes } from '../../../networks/latency/training/checkedWeights.js';
import type { FirstSpikeReadout } from '../../../networks/readout/firstSpikeReadout.js';
import type { LinearReadout } from '../../../networks/readout/linearReadout.js';
import { isByFirstSpikes, isByVotes, type Readout } from '../../../networks/readout/readout.js';
import type { VoteReadout } from '../../../networks/readout/voteReadout.js';
import type { NamedArrays, RecordOf } from '../../run.js';
import type { LatencyRun } from './latencyRun.js';

const linearArrays = ['mean', 'scale', 'weights', 'bias'] as const;
const voteArrays = ['weights', 'rates'] as const;
const firstSpikeArrays = ['scale', 'weights', 'answers', 'times'] as const;

/** The weights of the layers and the fit by name. */
export function latencyNamedArrays({ layers, readout }: LatencyRun['arrays']): NamedArrays {
  const learned = layers.map((values, index) => [`layer${index + 1}`, values] as const);
  return new Map([...learned, ...readoutArraysOf(readout)]);
}

/** The arrays of a read-out by name; none of none. */
export function readoutArraysOf(readout: Readout | undefined): NamedArrays {
  if (readout === undefined) return new Map();
  const image = readout.image === undefined ? [] : [['readout.image', Float32Array.from(readout.image)] as const];
  if (isByVotes(readout)) {
    const numbers = (['classes', 'voters', 'sharpness'] as const).map((name) => [name, Float32Array.of(readout[name])] as const);
    const arrays = voteArrays.map((name) => [name, readout[name]] as const);
    return new Map([...[...arrays, ...numbers].map(([name, values]) => [`readout.${name}`, values] as const), ...image]);
  }
  if (!isByFirstSpikes(readout))
    return new Map([...linearArrays.map((name) => [`readout.${name}`, readout[name]] as const), ...image]);
  const { classes, threshold } = readout;
  return new Map([
    ...firstSpikeArrays.map((name) => [`readout.${name}`, readout[name]] as const),
    ['readout.threshold', Float32Array.of(threshold)],
    ['readout.classes', Float32Array.of(classes)],
    ...image,
  ]);
}

/** A run with the arrays that {@link latencyNamedArrays} named. */
export function withLatencyArrays(record: RecordOf<LatencyRun>, named: NamedArrays): LatencyRun {
  const layers = [...named].filter(([name]) => name.startsWith('layer')).map(([, values]) => values);
  const fitted = linearIn(named) ?? firstSpikesIn(named) ?? votesIn(named);
  if (fitted === undefined) return { ...record, arrays: { layers } };
  const [rows, columns] = named.get('readout.image') ?? [];
  const image = rows === undefined || columns === undefined ? {} : { image: [rows, columns] as const };
  return { ...record, arrays: { layers, readout: { ...fitted, ...image } } };
}

function linearIn(named: NamedArrays): LinearReadout | undefined {
  const [mean, scale, weights, bias] = linearArrays.map((name) => named.get(`readout.${name}`));
  if (mean === undefined || scale === undefined || weights === undefined || bias === undefined) return undefined;
  return { classes: bias.length, mean, scale, weights, bias };
}

function firstSpikesIn(named: NamedArrays): FirstSpikeReadout | undefined {
  const [scale, weights, answers, times] = firstSpikeArrays.map((name) => named.get(`readout.${name}`));
  const [threshold, classes] = ['threshold', 'classes'].map((name) => named.get(`readout.${name}`)?.[0]);
  if (scale === undefined || weights === undefined || answers === undefined || times === undefined) return undefined;
  if (threshold === undefined || classes === undefined) return undefined;
  return { classes, scale, threshold, weights, answers, times };
}

function votesIn(named: NamedArrays): VoteReadout | undefined {
  const [weights, rates] = voteArrays.map((name) => named.get(`readout.${name}`));
  const [classes, voters, sharpness] = ['classes', 'voters', 'sharpness'].map((name) => named.get(`readout.${name}`)?.[0]);
  if (weights === undefined || rates === undefined) return undefined;
  if (classes === undefined || voters === undefined || sharpness === undefined) return undefined;
  return { classes, weights, rates, voters, sharpness };
}

/** Whether every layer begun has its weights, and the read-out fits the last. */
export function latencyArraysFit({ network, training, data, status, arrays: { layers, readout } }: LatencyRun): boolean {
  const begun = training.layer + (training.imagesSeen > 0 ? 1 : 0);
  const sizes = weightShapes(network, data.channels).map((shape) => shape.reduce((product, side) => product * side, 1));
  const features = featureSize(network);
  return (
    begun <= sizes.length &&
    layers.length === begun &&
    layers.every((values, index) => values.length === sizes[index]) &&
    (readout === undefined ? status !== 'complete' : readoutFits(readout, network.readout, features))
  );
}

/** Whether a read-out is of the kind that its spec tells, with as many numbers as the features and neurons need. */
function readoutFits(readout: Readout, spec: LatencyRun['network']['readout'], features: number): boolean {
  if (spec.type === 'vote' || isByVotes(readout))
    return spec.type === 'vote' && isByVotes(readout) && votesFit(readout, spec.neurons, features);
  const scaled = readout.scale.length === features && readout.scale.every((value) => value > 0);
  if (spec.type === 'linear')
    return (
      scaled &&
      !isByFirstSpikes(readout) &&
      readout.mean.length === features &&
      readout.weights.length === features * readout.classes
    );
  const neurons = spec.perClass * readout.classes;
  return (
    scaled &&
    isByFirstSpikes(readout) &&
    readout.threshold > 0 &&
    readout.weights.length === neurons * features &&
    readout.weights.every((weight) => weight >= 0) &&
    readout.answers.length === neurons &&
    readout.times.length === neurons
  );
}

const votesFit = ({ classes, weights, rates, voters }: VoteReadout, neurons: number, features: number): boolean =>
  weights.length === neurons * features &&
  rates.length === neurons * classes &&
  [weights, rates].every((values) => values.every((value) => value >= 0)) &&
  voters >= 1 &&
  voters <= neurons;
