import { at } from '../../../core/at.js';
import type { NamedArrays, RecordOf } from '../../run.js';
import type { LatencyRun } from './latencyRun.js';

const readoutArrays = ['mean', 'scale', 'weights', 'bias'] as const;

/** The weights of the layers and the fit by name. */
export function latencyNamedArrays({ layers, readout }: LatencyRun['arrays']): NamedArrays {
  const learned = layers.map((values, index) => [`layer${index + 1}`, values] as const);
  const fitted = readout === undefined ? [] : readoutArrays.map((name) => [`readout.${name}`, readout[name]] as const);
  const image = readout?.image === undefined ? [] : [['readout.image', Float32Array.from(readout.image)] as const];
  return new Map([...learned, ...fitted, ...image]);
}

/** A run with the arrays that {@link latencyNamedArrays} named. */
export function withLatencyArrays(record: RecordOf<LatencyRun>, named: NamedArrays): LatencyRun {
  const layers = [...named].filter(([name]) => name.startsWith('layer')).map(([, values]) => values);
  const [mean, scale, weights, bias] = readoutArrays.map((name) => named.get(`readout.${name}`));
  if (mean === undefined || scale === undefined || weights === undefined || bias === undefined)
    return { ...record, arrays: { layers } };
  const [rows, columns] = named.get('readout.image') ?? [];
  const image = rows === undefined || columns === undefined ? {} : { image: [rows, columns] as const };
  return { ...record, arrays: { layers, readout: { classes: bias.length, mean, scale, weights, bias, ...image } } };
}

/** Whether every layer begun has its weights, and the read-out fits the last. */
export function latencyArraysFit({ network, training, data, status, arrays: { layers, readout } }: LatencyRun): boolean {
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
      ? status !== 'complete'
      : readout.mean.length === features &&
        readout.scale.length === features &&
        readout.scale.every((value) => value > 0) &&
        readout.weights.length === features * readout.classes)
  );
}
