import { at } from '../../../core/at.js';
import type { ConvLayerSpec } from './convLayerSpec.js';
import { type InputShape, inputShape } from './encoderColours.js';
import type { Encoders } from './encoderSpec.js';
import type { NetworkSpec } from './networkSpec.js';

/** One way of a network from the image to the read-out. */
export interface Branch {
  /** The branch as a network of its own. */
  readonly spec: NetworkSpec;
  /** What messages call it: `network`, `network.beside[0]`. */
  readonly name: string;
  /** Where its layers begin among those of all branches. */
  readonly firstLayer: number;
  /** Which of `shares` equal parts of the input maps it sees. */
  readonly share: number;
  readonly shares: number;
}

/** The branches of a network: its own encoder and layers, then those beside. */
export function branchesOf({ beside = [], encoder, layers, ...spec }: NetworkSpec): readonly Branch[] {
  const parts = [{ encoder, layers }, ...beside];
  return parts.map((part, share) => ({
    spec: { ...spec, ...part },
    name: share === 0 ? 'network' : `network.beside[${share - 1}]`,
    firstLayer: parts.slice(0, share).reduce((sum, before) => sum + before.layers.length, 0),
    share,
    shares: parts.length,
  }));
}

/** The layers of all branches, in the order in which they learn. */
export const layersOf = (spec: NetworkSpec): readonly ConvLayerSpec[] => branchesOf(spec).flatMap((branch) => branch.spec.layers);

/** A network with layers changed, each told its place among those of all branches. */
export function withLayers(spec: NetworkSpec, change: (layer: ConvLayerSpec, place: number) => ConvLayerSpec): NetworkSpec {
  const [own, ...beside] = branchesOf(spec).map(({ spec: { encoder, layers }, firstLayer }) => ({
    encoder,
    layers: layers.map((layer, index) => change(layer, firstLayer + index)),
  }));
  return { ...spec, ...own, ...(beside.length > 0 && { beside }) };
}

/** The encoders of all branches. */
export const encodersOf = ({ encoder, beside = [] }: NetworkSpec): Encoders => [
  encoder,
  ...beside.map((branch) => branch.encoder),
];

/** The branch of a layer, and the layer's place there. */
export function branchOfLayer(spec: NetworkSpec, layer: number): { readonly branch: Branch; readonly index: number } {
  const branch = at(
    branchesOf(spec).filter(({ firstLayer }) => firstLayer <= layer),
    -1,
  );
  return { branch, index: layer - branch.firstLayer };
}

/** What a branch has of a list with an entry for each layer of all. */
export const ofBranch = <T>({ spec, firstLayer }: Branch, entries: readonly T[]): readonly T[] =>
  entries.slice(firstLayer, firstLayer + spec.layers.length);

/** What a branch sees of the input of its network. */
export const inputOfBranch = ({ shares }: Branch, { height, width, channels }: InputShape): InputShape => ({
  ...{ height, width },
  channels: channels / shares,
});

/** What a network sees of images of a size: the input maps of all encoders, one after the other. */
export function networkInput(spec: NetworkSpec, rows: number, columns: number): InputShape & { readonly steps: number } {
  const { channels, ...shape } = inputShape(spec.encoder, rows, columns);
  return { ...shape, channels: channels * encodersOf(spec).length, steps: spec.encoder.bins };
}

/** Maps that the read-out sees: of the last layer of each branch. */
export const readMaps = (spec: NetworkSpec): number =>
  branchesOf(spec).reduce((sum, branch) => sum + at(branch.spec.layers, -1).maps, 0);

/** Features of an image. */
export const featureSize = (spec: NetworkSpec): number => spec.readout.grid ** 2 * readMaps(spec);
