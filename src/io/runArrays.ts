import { at } from '../core/at.js';
import { ensure, unreachable } from '../core/errors.js';
import { show } from '../core/show.js';
import type { CompetitiveRun, LatencyRun, Run, RunRecord } from './run.js';

/** Arrays by name, as they stand in `weights.bin`. */
export type NamedArrays = ReadonlyMap<string, Float32Array>;

const readoutArrays = ['mean', 'scale', 'weights', 'bias'] as const;

/** The arrays of a run by name. */
export function namedArrays(run: Run): NamedArrays {
  switch (run.kind) {
    case 'latency': {
      const { layers, readout } = run.arrays;
      const learned = layers.map((values, index) => [`layer${index + 1}`, values] as const);
      const fitted = readout === undefined ? [] : readoutArrays.map((name) => [`readout.${name}`, readout[name]] as const);
      const image = readout?.image === undefined ? [] : [['readout.image', Float32Array.from(readout.image)] as const];
      return new Map([...learned, ...fitted, ...image]);
    }
    case 'competitive': {
      const { weights, theta, answers } = run.arrays;
      return new Map([
        ['weights', weights],
        ['theta', theta],
        ...(answers === undefined ? [] : [['answers', answers.rates] as const]),
      ]);
    }
    default:
      return unreachable(run);
  }
}

/**
 * A run with its arrays.
 *
 * @param folder  for messages.
 * @throws {StdpError} unless they are those that the record tells of.
 */
export function withArrays(folder: string, record: RunRecord, named: NamedArrays, where: string): Run {
  const run: Run =
    record.kind === 'latency'
      ? { ...record, arrays: latencyArrays(named) }
      : { ...record, arrays: competitiveArrays(record.network.layer.neurons, named) };
  const unfit = [...named].find(([, values]) => !(values instanceof Float32Array));
  ensure(unfit === undefined, where, folder, () => `can't be: its ${unfit?.[0]} must be a Float32Array, got ${show(unfit?.[1])}`);
  ensure(fits(run), where, folder, () => 'is damaged: its weights are not those that run.json tells of');
  const broken = [...named].find(([, values]) => !values.every(Number.isFinite));
  ensure(broken === undefined, where, folder, () => `is damaged: ${broken?.[0]} holds values that are not finite numbers`);
  return run;
}

function latencyArrays(named: NamedArrays): LatencyRun['arrays'] {
  const layers = [...named].filter(([name]) => name.startsWith('layer')).map(([, values]) => values);
  const [mean, scale, weights, bias] = readoutArrays.map((name) => named.get(`readout.${name}`));
  if (mean === undefined || scale === undefined || weights === undefined || bias === undefined) return { layers };
  const [rows, columns] = named.get('readout.image') ?? [];
  const image = rows === undefined || columns === undefined ? {} : { image: [rows, columns] as const };
  return { layers, readout: { classes: bias.length, mean, scale, weights, bias, ...image } };
}

function competitiveArrays(neurons: number, named: NamedArrays): CompetitiveRun['arrays'] {
  const [weights, theta, rates] = ['weights', 'theta', 'answers'].map((name) => named.get(name));
  const learned = { weights: weights ?? new Float32Array(), theta: theta ?? new Float32Array() };
  return rates === undefined ? learned : { ...learned, answers: { classes: rates.length / neurons, rates } };
}

function fits(run: Run): boolean {
  switch (run.kind) {
    case 'latency':
      return latencyFits(run);
    case 'competitive':
      return competitiveFits(run);
    default:
      return unreachable(run);
  }
}

/** Every layer begun has its weights, and the read-out fits the last. */
function latencyFits({ network, training, data, status, arrays: { layers, readout } }: LatencyRun): boolean {
  const begun = training.layer + (training.imagesSeen > 0 ? 1 : 0);
  const sizes = network.layers.map(
    ({ kernelSize, maps }, index) => kernelSize ** 2 * (network.layers[index - 1]?.maps ?? data.channels) * maps,
  );
  const features = network.readout.grid ** 2 * at(network.layers, -1).maps;
  return (
    begun <= sizes.length &&
    layers.length === begun &&
    layers.every((values, index) => values.length === sizes[index]) &&
    (readout === undefined
      ? status === 'interrupted'
      : readout.mean.length === features &&
        readout.scale.length === features &&
        readout.scale.every((value) => value > 0) &&
        readout.weights.length === features * readout.classes)
  );
}

/** Every neuron has weights, a threshold, and once the run is complete answers to each class. */
function competitiveFits({ network, status, arrays: { weights, theta, answers } }: CompetitiveRun): boolean {
  const { neurons } = network.layer;
  const pixels = weights.length / neurons;
  return (
    Number.isInteger(pixels) &&
    pixels > 0 &&
    theta.length === neurons &&
    (answers === undefined ? status === 'interrupted' : Number.isInteger(answers.classes) && answers.classes > 0)
  );
}
