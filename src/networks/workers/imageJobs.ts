import { at } from '../../core/at.js';
import { oneOf, scalar } from '../../core/params/validation.js';
import { putChannels, shareOfChannels } from '../../kernels/host/channels.js';
import { featureExtractor, type Reading } from '../../kernels/host/featureExtractor.js';
import { fieldSteps } from '../../kernels/host/fieldSteps.js';
import { type Encoding, encodeWith } from '../../kernels/host/imageEncoder.js';
import { latencySteps } from '../../kernels/host/latencySteps.js';
import { type LatencyLayer, outputSizes } from '../../kernels/host/layers.js';
import { networkArena } from '../../kernels/host/networkArena.js';
import { checkLength } from '../checked/arrays.js';
import { checkWithin, setupReader } from './setupReader.js';

/** How one encoder works. */
type AnyEncoding = Encoding & { readonly input: 'pixels' | 'latencies' | 'features'; readonly fields: number };

/** What {@link encode} needs: encoders of the same input, whose maps come one after the other. */
interface EncodeSetup {
  readonly encodings: readonly AnyEncoding[];
  readonly pixels: Uint8Array;
  readonly times: Uint8Array;
}

/** Writes the spike times of images, see the kernel encode; answers of how many. */
export function encode(setup: EncodeSetup) {
  const { encodings, pixels, times } = setup;
  const reader = setupReader('encode', setup);
  const checked = reader.list('encodings').map((encoding, index) => checkEncoding(`encode.encodings[${index}]`, encoding));
  const { taken, made, maps } = at(checked, 0);
  for (const [index, other] of checked.entries())
    checkLength({ length: other.made }, made, 'pool', `encode.encodings[${index}]`, 'the first');
  reader.bytes('pixels');
  const count = reader.rows('pixels', taken);
  const rows = made * encodings.length;
  reader.bytes('times', count * rows);
  const arena = networkArena();
  const stepsOf = (images: Uint8Array, encoding: AnyEncoding): Uint8Array => {
    const { input, fields, bins } = encoding;
    if (input === 'latencies') return latencySteps(images, bins);
    return input === 'features' ? fieldSteps(images, fields, bins) : encodeWith(encoding, images, arena);
  };
  return (from: number, to: number): number => {
    checkWithin(to, count);
    const images = pixels.subarray(from * taken, to * taken);
    const into = times.subarray(from * rows, to * rows);
    encodings.forEach((encoding, index) => {
      putChannels(stepsOf(images, encoding), maps, into, index, encodings.length);
    });
    return to - from;
  };
}

/** Answers how many bytes an image has, how many spike times, and how many of these a place. */
function checkEncoding(
  name: string,
  encoding: unknown,
): { readonly taken: number; readonly made: number; readonly maps: number } {
  const reader = setupReader(name, encoding);
  const [height, width, channels] = [reader.count('height'), reader.count('width'), reader.count('channels')];
  const taken = height * width * channels;
  const { input } = encoding as AnyEncoding;
  if (input === 'latencies' || input === 'features') {
    reader.count('bins');
    if (input === 'latencies') return { taken, made: taken, maps: channels };
    const made = taken * reader.count('fields', 2);
    return { taken, made, maps: made };
  }
  const [size, planes] = [reader.count('size'), reader.count('planes')];
  reader.floats('mix', planes * channels);
  reader.floats('filters', 2 * size ** 2);
  reader.is('cutoff', scalar);
  reader.count('normalizationRadius', 0);
  reader.count('bins');
  return { taken, made: 2 * planes * height * width, maps: 2 * planes };
}

/** Layers and their weights, from a share of the input maps to the read-out. */
interface BranchSetup {
  readonly layers: readonly [LatencyLayer, ...LatencyLayer[]];
  readonly weights: readonly Float32Array[];
}

/** What {@link extract} needs: branches that each see as many of the input maps. */
interface ExtractSetup {
  readonly times: Uint8Array;
  readonly size: number;
  readonly steps: number;
  readonly branches: readonly BranchSetup[];
  readonly reading: Reading;
  readonly features: Float32Array;
}

/** Writes the features of images by their spike times, `size` numbers an image; answers of how many images. */
export function extract(setup: ExtractSetup) {
  const { times, size, steps, branches, reading, features } = setup;
  const reader = setupReader('extract', setup);
  reader.bytes('times');
  reader.count('steps');
  const count = reader.rows('times', reader.count('size'));
  const shares = reader.list('branches').length;
  const maps = branches.map((branch, index) => checkBranch(`extract.branches[${index}]`, branch, size / shares));
  const cells = reader.part('reading').count('grid') ** 2;
  const own = cells * maps.reduce((sum, some) => sum + some, 0);
  reader.part('reading').is('source', oneOf('spikes', 'potentials', 'contrast'));
  reader.part('reading').is('share', scalar);
  reader.floats('features', count * own);
  const channels = at(branches, 0).layers[0].field.channels * shares;
  const extractors = branches.map(({ layers, weights }) => featureExtractor(steps, layers, weights, reading));
  return (from: number, to: number): number => {
    checkWithin(to, count);
    const given = times.subarray(from * size, to * size);
    let first = from * own;
    extractors.forEach(({ extract: readBranch, size: columns }, share) => {
      const made = readBranch(shareOfChannels(given, channels, share, shares));
      for (let row = 0; row < to - from; row++)
        features.set(made.subarray(row * columns, (row + 1) * columns), first + row * own);
      first += columns;
    });
    return to - from;
  };
}

/** That each layer takes what the one below it gives. Answers the maps of the last. */
function checkBranch(name: string, { layers, weights }: BranchSetup, size: number): number {
  const reader = setupReader(name, { layers, weights });
  reader.list('weights');
  checkLength(weights, reader.list('layers').length, 'pool', `${name}.weights`, `${name}.layers`);
  return layers.reduce((inputs, layer, index) => {
    const own = setupReader(`${name}.layers[${index}]`, layer);
    const field = own.part('field');
    const [side, maps] = [field.count('kernelSize'), field.count('maps')];
    field.count('pad', 0);
    own.is('threshold', scalar);
    const pool = own.count('poolSize');
    const [height, width, channels] = [field.count('height'), field.count('width'), field.count('channels')];
    checkLength({ length: inputs }, height * width * channels, 'pool', `${name}.layers`, `layer ${index}`);
    setupReader(`${name}.weights`, { ...weights }).floats(String(index), side ** 2 * channels * maps);
    const outputs = outputSizes(layer.field);
    return index === layers.length - 1 ? maps : outputs.reduce((product, length) => product * Math.ceil(length / pool), maps);
  }, size);
}
