import { oneOf, scalar } from '../../core/params/validation.js';
import { featureExtractor, type Reading } from '../../kernels/host/featureExtractor.js';
import { fieldSteps } from '../../kernels/host/fieldSteps.js';
import { type Encoding, encodeWith } from '../../kernels/host/imageEncoder.js';
import { latencySteps } from '../../kernels/host/latencySteps.js';
import { type LatencyLayer, outputSizes } from '../../kernels/host/layers.js';
import { networkArena } from '../../kernels/host/networkArena.js';
import { checkLength } from '../checked/arrays.js';
import { checkWithin, type SetupReader, setupReader } from './setupReader.js';

/** What {@link encode} needs. */
interface EncodeSetup {
  readonly encoding: Encoding & { readonly input: 'pixels' | 'latencies' | 'features'; readonly fields: number };
  readonly pixels: Uint8Array;
  readonly times: Uint8Array;
}

/** Writes the spike times of images, see the kernel encode; answers of how many. */
export function encode(setup: EncodeSetup) {
  const { encoding, pixels, times } = setup;
  const { taken, made } = checkEncoding(setupReader('encode', setup).part('encoding'), encoding);
  const reader = setupReader('encode', setup);
  reader.bytes('pixels');
  const count = reader.rows('pixels', taken);
  reader.bytes('times', count * made);
  const arena = networkArena();
  const { input, fields, bins } = encoding;
  const stepsOf = (images: Uint8Array): Uint8Array => {
    if (input === 'latencies') return latencySteps(images, bins);
    return input === 'features' ? fieldSteps(images, fields, bins) : encodeWith(encoding, images, arena);
  };
  return (from: number, to: number): number => {
    checkWithin(to, count);
    times.set(stepsOf(pixels.subarray(from * taken, to * taken)), from * made);
    return to - from;
  };
}

/** Answers how many bytes an image has, and how many spike times. */
function checkEncoding(
  reader: SetupReader,
  { input }: EncodeSetup['encoding'],
): { readonly taken: number; readonly made: number } {
  const [height, width, channels] = [reader.count('height'), reader.count('width'), reader.count('channels')];
  if (input === 'latencies' || input === 'features') {
    reader.count('bins');
    const taken = height * width * channels;
    return { taken, made: input === 'latencies' ? taken : taken * reader.count('fields', 2) };
  }
  const [size, planes] = [reader.count('size'), reader.count('planes')];
  reader.floats('mix', planes * channels);
  reader.floats('filters', 2 * size ** 2);
  reader.is('cutoff', scalar);
  reader.count('normalizationRadius', 0);
  reader.count('bins');
  return { taken: height * width * channels, made: 2 * planes * height * width };
}

/** What {@link extract} needs. */
interface ExtractSetup {
  readonly times: Uint8Array;
  readonly size: number;
  readonly steps: number;
  readonly layers: readonly [LatencyLayer, ...LatencyLayer[]];
  readonly weights: readonly Float32Array[];
  readonly reading: Reading;
  readonly features: Float32Array;
}

/** Writes the features of images by their spike times, `size` numbers an image; answers of how many images. */
export function extract(setup: ExtractSetup) {
  const { times, size, steps, layers, weights, reading, features } = setup;
  const reader = setupReader('extract', setup);
  reader.bytes('times');
  reader.count('steps');
  const count = reader.rows('times', reader.count('size'));
  const maps = checkLayers(reader, setup);
  const own = reader.part('reading').count('grid') ** 2 * maps;
  reader.part('reading').is('source', oneOf('spikes', 'potentials', 'contrast'));
  reader.part('reading').is('share', scalar);
  reader.floats('features', count * own);
  const extractor = featureExtractor(steps, layers, weights, reading);
  return (from: number, to: number): number => {
    checkWithin(to, count);
    features.set(extractor.extract(times.subarray(from * size, to * size)), from * extractor.size);
    return to - from;
  };
}

/** That each layer takes what the one below it gives. Answers the maps of the last. */
function checkLayers(reader: SetupReader, { layers, weights, size }: ExtractSetup): number {
  reader.list('weights');
  checkLength(weights, reader.list('layers').length, 'pool', 'extract.weights', 'extract.layers');
  return layers.reduce((inputs, layer, index) => {
    const own = setupReader(`extract.layers[${index}]`, layer);
    const field = own.part('field');
    const [side, maps] = [field.count('kernelSize'), field.count('maps')];
    field.count('pad', 0);
    own.is('threshold', scalar);
    const pool = own.count('poolSize');
    const [height, width, channels] = [field.count('height'), field.count('width'), field.count('channels')];
    checkLength({ length: inputs }, height * width * channels, 'pool', 'extract.layers', `layer ${index}`);
    setupReader('extract.weights', { ...weights }).floats(String(index), side ** 2 * channels * maps);
    const outputs = outputSizes(layer.field);
    return index === layers.length - 1 ? maps : outputs.reduce((product, length) => product * Math.ceil(length / pool), maps);
  }, size);
}
