import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { changeSizes } from '../../src/topologies/changeSizes.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import type { Conv2dOptions, ExplicitPad } from '../../src/topologies/topology.js';
import { windowsOf } from '../../src/topologies/unfold.js';

const explicit: ExplicitPad = [
  [0, 0],
  [2, 1],
  [0, 3],
  [0, 0],
];
const shapes = { pre: [2, 7, 8, 2], w: [3, 2, 2, 3] } as const;
const combinations = ([1, 2, [1, 3]] as const).flatMap((strides) =>
  (['valid', 'same', 0, 1, explicit] as const).flatMap((pad) =>
    ([1, 2, [2, 1]] as const).map((dilations) => ({ strides, pad, dilations })),
  ),
);
const isOne = (value: number | readonly number[]) => [value].flat().every((entry) => entry === 1);
const allowedByTfjs = combinations.filter(({ strides, dilations }) => isOne(strides) || isOne(dilations));

const sizeOf = (shape: readonly number[]) => shape.reduce((size, next) => size * next, 1);
const draw = (shape: readonly number[], seed: number) =>
  tf.reshape<tf.Rank>(tf.tensor1d(randomUniform(sizeOf(shape), seed, -1, 1)), [...shape]) as tf.Tensor4D;
const expectSame = async (actual: tf.Tensor, wanted: tf.Tensor) => {
  expect(actual.shape).toEqual(wanted.shape);
  const [got, want] = [await actual.data(), await wanted.data()];
  for (const [index, value] of want.entries()) expect(got[index]).toBeCloseTo(value, 4);
};

/** Calls `visit` with the flat indices of every (input, weight, output) that meet. */
function eachConnection(options: Conv2dOptions, visit: (pre: number, w: number, post: number) => void): readonly number[] {
  const [batch, height, width, inputs] = shapes.pre;
  const [kh, kw, , outputs] = shapes.w;
  const windows = windowsOf(shapes.pre, shapes.w, options);
  const { height: rows, width: columns } = windows;
  const loop = (size: number, body: (index: number) => void) => {
    for (let index = 0; index < size; index++) body(index);
  };
  loop(batch, (b) =>
    loop(rows.count, (y) =>
      loop(columns.count, (x) =>
        loop(kh, (i) =>
          loop(kw, (j) => {
            const [row, column] = [
              y * rows.stride + i * rows.dilation - rows.before,
              x * columns.stride + j * columns.dilation - columns.before,
            ];
            if (row < 0 || row >= height || column < 0 || column >= width) return;
            loop(inputs, (c) =>
              loop(outputs, (o) =>
                visit(
                  ((b * height + row) * width + column) * inputs + c,
                  ((i * kw + j) * inputs + c) * outputs + o,
                  ((b * rows.count + y) * columns.count + x) * outputs + o,
                ),
              ),
            );
          }),
        ),
      ),
    ),
  );
  return [batch, rows.count, columns.count, outputs];
}

describe('conv2d forward', () => {
  // tfjs itself takes a number as pad for square kernels and strides only, and forgets dilations there.
  const padOf = (pad: (typeof combinations)[number]['pad']) =>
    (typeof pad === 'number'
      ? [
          [0, 0],
          [pad, pad],
          [pad, pad],
          [0, 0],
        ]
      : pad) as 'same';

  it.each(allowedByTfjs)('equals tf.conv2d: %j', async (options) => {
    const [pre, w] = [draw(shapes.pre, 1), draw(shapes.w, 2)];
    const { strides, pad, dilations } = options;
    const reference = tf.conv2d(pre, w, strides as [number, number], padOf(pad), 'NHWC', dilations as [number, number]);
    await expectSame(conv2d(options).forward(pre, w), reference);
    expect(conv2d(options).outputShape('f', pre.shape, w.shape)).toEqual(reference.shape);
  });

  it.each(combinations)('equals a plain loop: %j', async (options) => {
    const [pre, w] = [draw(shapes.pre, 3), draw(shapes.w, 4)];
    const [z, weights] = [await pre.data(), await w.data()];
    const sums: number[] = [];
    const shape = eachConnection(options, (i, k, o) => {
      sums[o] = (sums[o] ?? 0) + (z[i] ?? 0) * (weights[k] ?? 0);
    });
    const wanted = tf.tensor(
      Array.from({ length: sizeOf(shape) }, (_, index) => sums[index] ?? 0),
      [...shape],
    );
    await expectSame(conv2d(options).forward(pre, w), wanted);
  });
});

describe('conv2d rows', () => {
  it.each(combinations)('preRows ⊗ postRows is the weight gradient of a plain loop: %j', async (options) => {
    const topology = conv2d(options);
    const pre = draw(shapes.pre, 5);
    const post = draw(topology.outputShape('f', shapes.pre, shapes.w), 6);
    const [z, out] = [await pre.data(), await post.data()];
    const sums = new Float32Array(sizeOf(shapes.w));
    eachConnection(options, (i, k, o) => {
      sums[k] = (sums[k] ?? 0) + (z[i] ?? 0) * (out[o] ?? 0);
    });
    const change = tf.sum(tf.matMul(topology.preRows(pre, shapes.w), topology.postRows(post, shapes.w), true), 0);
    await expectSame(tf.reshape(change, [...shapes.w]), tf.tensor(sums, [...shapes.w]));
  });

  it('leave exactly what they return', () => {
    const [pre, w] = [draw(shapes.pre, 1), draw(shapes.w, 2)];
    const before = tf.memory().numTensors;
    conv2d({ strides: 2, dilations: 2, pad: 2 }).forward(pre, w);
    conv2d({ strides: 2 }).preRows(pre, w.shape);
    expect(tf.memory().numTensors).toBe(before + 2);
  });
});

describe('conv2d options', () => {
  it.each([
    [{ strides: 0 }, 'conv2d: strides must be a positive integer or a pair, got 0'],
    [{ strides: [1, 2, 3] }, 'conv2d: strides must be a positive integer or a pair, got [1, 2, 3]'],
    [{ dilations: 1.5 }, 'conv2d: dilations must be a positive integer or a pair, got 1.5'],
    [{ pad: -1 }, "conv2d: pad must be 'valid', 'same', an integer ≥ 0 or"],
    [{ pad: [[0, 0], [1], [1, 1], [0, 0]] }, "conv2d: pad must be 'valid'"],
    [
      {
        pad: [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
          [0, 0],
        ],
      },
      "conv2d: pad must be 'valid'",
    ],
    [{ pad: 'full' }, "conv2d: pad must be 'valid'"],
    [
      {
        pad: [
          [0, 0],
          [1, 1],
          [1, 1],
        ],
      },
      "conv2d: pad must be 'valid'",
    ],
    [
      {
        pad: [
          [1, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ],
      },
      "conv2d: pad must be 'valid'",
    ],
    [{ stride: 2 }, 'conv2d: stride is not a parameter; known are strides, pad, dilations'],
  ])('%j is refused', (options, message) => {
    expect(() => conv2d(options as Conv2dOptions)).toThrow(message);
  });

  it('shapes that do not fit are named', () => {
    expect(() => conv2d().outputShape('f', [1, 5, 5, 3], [3, 3, 2, 4])).toThrow('f: zPre has 3 channels, w [3, 3, 2, 4] needs 2');
    expect(() => conv2d().outputShape('f', [1, 2, 5, 2], [3, 3, 2, 4])).toThrow(
      'f: w [3, 3, 2, 4] is larger than the padded input [1, 2, 5, 2]',
    );
  });

  it('activity that is no tensor of its rank is named', () => {
    const rows = conv2d();
    expect(() => rows.preRows(5 as never, shapes.w)).toThrow('conv2d.preRows: pre must be a tensor, got 5');
    expect(() => rows.preRows(tf.tensor1d(['a']) as never, shapes.w)).toThrow(
      'conv2d.preRows: pre has dtype string, needs float32',
    );
    expect(() => rows.preRows(tf.zeros(shapes.pre as never), [3, 2])).toThrow('conv2d.preRows: weightShape');
    expect(() => rows.postRows(tf.zeros([2, 3]), shapes.w)).toThrow(
      'conv2d.postRows: post has shape [2, 3], needs rank 4 with the batch',
    );
    expect(() => rows.forward([[1]] as never, tf.zeros(shapes.w as never))).toThrow('conv2d.forward: pre ');
  });
});

describe('sizes for the kernels', () => {
  it('of a convolution: batch, layers, weights, and where the windows lie', () => {
    const topology = conv2d({ strides: [2, 3], dilations: [2, 1], pad: explicit });
    const [pre, post, w] = [tf.zeros([2, 7, 8, 2]), tf.zeros([2, 3, 4, 3]), tf.zeros([3, 2, 2, 3])];
    const geometry = [7, 8, 2, 3, 2, 3, 4, 3, 2, 3, 2, 1, 2, 0];
    expect(topology.geometry(pre.shape, w.shape)).toEqual({ kind: 'conv', sizes: geometry });
    expect(changeSizes(topology, pre, post, w, true)).toEqual({
      ...{ batch: 2, inputs: 7 * 8 * 2, outputs: 3 * 4 * 3, rows: 12, columns: 3 },
      geometry,
    });
  });

  it('of a dense layer, batched or not, and of none but our own wiring', () => {
    const w = tf.zeros([4, 3]);
    const sizes = { inputs: 4, outputs: 3, rows: 4, columns: 3 };
    const geometry = undefined;
    expect(dense.geometry([2, 4], [4, 3])).toEqual({ kind: 'dense' });
    expect(changeSizes(dense, tf.zeros([2, 4]), tf.zeros([2, 3]), w, true)).toEqual({ ...sizes, batch: 2, geometry });
    expect(changeSizes(dense, tf.zeros([4]), tf.zeros([3]), w, false)).toEqual({ ...sizes, batch: 1, geometry });
    expect(changeSizes({ ...dense }, tf.zeros([2, 4]), tf.zeros([2, 3]), w, true)).toBeUndefined();
  });
});
