import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as tfjsLayers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/useBackend.js';
import { randomUniform } from '../../src/core/random.js';
import * as library from '../../src/entries/everything.js';
import { layerWeights } from '../../src/networks/latency/training/layerWeights.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { conv1d } from '../../src/topologies/conv1d.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { runExample } from '../docstrings.js';
import { tiny } from '../networks/latency/tiny.js';

const { layers, sequential } = tfjsLayers;
const page = readFileSync(resolve(import.meta.dirname, '../../PORTING.md'), 'utf8');

beforeAll(() => useBackend('cpu'));

const kinds = [
  ['dense', [5], dense, layers.dense({ inputShape: [5], units: 3 })],
  ['conv1d', [9, 2], conv1d({ pad: 'same' }), layers.conv1d({ inputShape: [9, 2], filters: 3, kernelSize: 3, padding: 'same' })],
  [
    'conv2d',
    [7, 6, 2],
    conv2d({ strides: 2, pad: 'valid' }),
    layers.conv2d({ inputShape: [7, 6, 2], filters: 3, kernelSize: [3, 2], strides: 2 }),
  ],
] as const;

describe("the kernel of a layer of TensorFlow.js's", () => {
  it.each(kinds)(
    'is the weight of a topology as it is, and what was learned goes back: %s',
    async (_, shape, topology, layer) => {
      const model = sequential({ layers: [layer] });
      const pre = tf.tensor(randomUniform(2 * shape.reduce((product, length) => product * length, 1), 1), [2, ...shape]);
      const same = async (w: tf.Tensor): Promise<void> => {
        const [theirs, ours] = [model.predict(pre) as tf.Tensor, topology.forward(pre, w)];
        expect(ours.shape).toEqual(theirs.shape);
        expect(await tf.max(tf.abs(tf.sub(theirs, ours))).data()).toEqual(Float32Array.of(0));
      };
      const [kernel, bias] = layer.getWeights();
      if (kernel === undefined || bias === undefined) return expect.unreachable();
      await same(kernel);
      const rule = pairStdp({ etaPlus: 0.1 }, topology);
      const spikes = tf.step(tf.sub(pre, 0.5));
      const post = tf.onesLike(model.predict(pre) as tf.Tensor);
      const [w] = rule.step({ pre: spikes, post }, kernel, rule.init({ pre: spikes.shape, post: post.shape }));
      expect(await tf.max(tf.abs(tf.sub(w, kernel))).data()).not.toEqual(Float32Array.of(0));
      layer.setWeights([w, bias]);
      await same(w);
    },
  );

  it('takes the weights of a trained network', async () => {
    const [w] = layerWeights(tiny(1), { channels: 2 }, [randomUniform(3 * 3 * 2 * 3, 2)]);
    if (w === undefined) return expect.unreachable();
    const layer = layers.conv2d({ inputShape: [8, 7, 2], filters: 3, kernelSize: 3, padding: 'same', useBias: false });
    const model = sequential({ layers: [layer] });
    layer.setWeights([w]);
    const pre = tf.ones([1, 8, 7, 2]);
    const apart = tf.max(tf.abs(tf.sub(model.predict(pre) as tf.Tensor, conv2d({ pad: 'same' }).forward(pre, w))));
    expect(await apart.data()).toEqual(Float32Array.of(0));
  });
});

it('the example of PORTING.md runs, and gives what it says', async () => {
  const [, block = ''] = /```js\n(import \{ layers[\s\S]*?)```/.exec(page) ?? [];
  const example = block.replaceAll(/^import .*$/gm, '');
  expect(example).toContain('// =>');
  await runExample(
    { file: 'PORTING.md', symbol: 'pairStdp', summary: '', source: '', example },
    { ...library, layers, sequential },
  );
});
