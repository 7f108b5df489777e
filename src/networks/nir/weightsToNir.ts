import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { ensure, inName } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { tidily } from '../../core/tensors.js';
import { tensorToArray } from '../../formats/arrays/arrayTensors.js';
import { countOf } from '../../formats/arrays/elements.js';
import type { FileArray } from '../../formats/arrays/fileArray.js';
import type { NirNode } from '../../formats/nir/nirGraph.js';
import type { Conv2dOptions, Topology } from '../../topologies/topology.js';
import { windowsOf } from '../../topologies/unfold.js';

/** Whole numbers as NIR has them. */
export const integers = (...values: readonly number[]): FileArray => ({
  dtype: 'int64',
  shape: [values.length],
  data: BigInt64Array.from(values, BigInt),
});

const integer = (value: number): FileArray => ({ dtype: 'int64', shape: [], data: BigInt64Array.of(BigInt(value)) });

/** Weights and their wiring. */
interface Wired {
  readonly w: tf.Tensor;
  readonly topology: Topology;
  /** Shape of what comes in, channels first. */
  readonly shape: readonly number[];
  /** Who refuses them, and by the name of which argument. */
  readonly where: string;
  readonly argument: string;
}

/** Nodes in a row, and the shape of what comes out of the last, channels first. */
interface Row {
  readonly nodes: readonly NirNode[];
  readonly shape: readonly number[];
}

/**
 * Weights of ours as a node. What has rows and columns is a matrix, of whatever topology; images in front of one are flattened first.
 *
 * @throws {StdpError} that says which topology NIR has no node for, or when shapes don't fit.
 */
export async function weightNodes(wired: Wired): Promise<Row> {
  const { w, topology, shape, where, argument } = wired;
  const wiring = bare(topology);
  if (topology.rank === 2) return matrixNodes(wired);
  const isConvolution = wiring.type === 'conv1d' || wiring.type === 'conv2d';
  ensure(isConvolution, where, `${argument}.topology`, () => `is ${wiring.type}, for which NIR has no node`);
  const axes = wiring.type === 'conv1d' ? 1 : 2;
  ensure(
    shape.length === axes + 1,
    where,
    argument,
    () => `gets ${show(shape)}, needs [channels, ${axes === 1 ? 'length' : 'height, width'}]`,
  );
  const [channels = 0, ...sides] = shape;
  const [, ...post] = inName(where, () => topology.outputShape(where, [1, ...sides, channels], w.shape, argument));
  const { strides = 1, dilations = 1 } = wiring as Conv2dOptions;
  const each = (value: number | readonly number[]) => (typeof value === 'number' ? Array<number>(axes).fill(value) : value);
  const kept = tidily(() => {
    const weights = topology.exists === undefined ? w : tf.mul(w, topology.exists(w.shape));
    return tf.transpose(weights, axes === 1 ? [2, 1, 0] : [3, 2, 0, 1]);
  });
  const weight = await tensorToArray(kept);
  kept.dispose();
  const sizes = (values: readonly number[]) => (axes === 1 ? integer(Number(values[0])) : integers(...values));
  const params = {
    weight,
    input_shape: sizes(sides),
    stride: sizes(each(strides)),
    padding: sizes(padding(wiring as Conv2dOptions, sides, axes, wired)),
    dilation: sizes(each(dilations)),
    groups: integer(1),
    bias: { dtype: 'float32', shape: [at(weight.shape, 0)], data: new Float32Array(at(weight.shape, 0)) } as const,
  };
  const [maps = 0] = weight.shape;
  return { nodes: [{ type: axes === 1 ? 'Conv1d' : 'Conv2d', params }], shape: [maps, ...post.slice(0, -1)] };
}

/** The wiring under masks, as its JSON. */
function bare(topology: Topology): { readonly type: string } {
  const json = topology.toJSON();
  return json.type === 'masked' ? (json['topology'] as { readonly type: string }) : json;
}

/** Zeros on either side of each axis, which NIR has as one number. */
function padding(
  options: Conv2dOptions,
  sides: readonly number[],
  axes: number,
  { w, where, argument }: Wired,
): readonly number[] {
  const asImage =
    axes === 1
      ? { ...options, strides: [1, Number(options.strides ?? 1)], dilations: [1, Number(options.dilations ?? 1)] }
      : options;
  const [image, kernel] =
    axes === 1
      ? [
          [1, 1, ...sides],
          [1, ...w.shape],
        ]
      : [[1, ...sides], w.shape];
  const { height, width } = windowsOf(image, kernel, asImage as Conv2dOptions);
  const all = axes === 1 ? [width] : [height, width];
  const isEven = all.every(({ before, after }) => before === after);
  ensure(isEven, where, `${argument}.topology`, () => "pads one side more than the other, which NIR can't say");
  return all.map(({ before }) => before);
}

async function matrixNodes({ w, topology, shape, where, argument }: Wired): Promise<Row> {
  const inputs = countOf(shape);
  const [channels = 0, ...sides] = shape;
  const matrix = tidily(() => {
    // Each input by itself shows its weights, whatever the wiring; a dense layer's are copied as they are.
    const given = inName(where, () => {
      topology.outputShape(where, [1, inputs], w.shape, argument);
      return topology.type === 'dense' ? w : topology.forward(tf.eye(inputs), w);
    });
    // Our images have their channels last.
    const image = tf.reshape(given, [...sides, channels, -1]);
    const last = image.rank - 1;
    return tf.reshape(tf.transpose(image, [last, last - 1, ...sides.keys()]), [-1, inputs]);
  });
  const weight = await tensorToArray(matrix);
  matrix.dispose();
  const flatten = { type: 'Flatten', params: { start_dim: integer(0), end_dim: integer(-1), input_type: integers(...shape) } };
  return {
    nodes: [...(sides.length > 0 ? [flatten] : []), { type: 'Linear', params: { weight } }],
    shape: [at(weight.shape, 0)],
  };
}
