import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { fork, randomUniform, type Seed } from '../src/core/random.js';
import { scan } from '../src/core/scan.js';
import { pairStdp } from '../src/rules/pair/pairStdp.js';
import type { StdpState } from '../src/rules/pair/stdpState.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';
import type { Integration } from '../src/traces/exponentialTrace.js';
import { type WeightDependence, weightDependences } from '../src/updates/weightDependence.js';
import { elsewhere } from '../test/target.js';

const steps = 20;
const layers = {
  dense: { topology: dense, pre: [2, 4], w: [4, 3], eta: 0.02 },
  'conv2d, strides 2': { topology: conv2d({ strides: 2, pad: 1 }), pre: [1, 5, 4, 1], w: [3, 2, 1, 3], eta: 0.008 },
} as const;
interface Layer {
  readonly topology: Topology;
  readonly pre: readonly number[];
  readonly w: readonly number[];
  readonly eta: number;
}

const uniform = (shape: readonly number[], seed: Seed, low: number, high: number): tf.Tensor =>
  tf.reshape<tf.Rank>(
    tf.tensor1d(
      randomUniform(
        shape.reduce((size, next) => size * next, 1),
        seed,
        low,
        high,
      ),
    ),
    [...shape],
  );
const spikes = (shape: readonly number[], seed: Seed) => tf.cast(tf.less(uniform([steps, ...shape], seed, 0, 1), 0.3), 'float32');

type Arguments = readonly [w: tf.Tensor, etaPlus: tf.Tensor, tauPre: tf.Tensor];

/** The weights after 20 steps, as a function of the first weights, the rates of potentiation and the presynaptic time constant. */
function finalWeights({ topology, pre, w }: Layer, integration: Integration, weightDependence: WeightDependence) {
  const post = topology.outputShape('f', pre, w);
  const xs = { pre: spikes(pre, fork(1, 1)), post: spikes(post, fork(1, 2)) };
  return ([start, etaPlus, tauPre]: Arguments): tf.Tensor => {
    const params = { integration, weightDependence, mu: 0.6, etaPlus, tauPre, etaMinus: 0.002, tauPost: 8 };
    const rule = pairStdp(params, topology);
    const step = ([weights, state]: readonly [tf.Tensor, StdpState], x: typeof xs) =>
      [rule.step(x, weights, state), null] as const;
    return scan<readonly [tf.Tensor, StdpState], typeof xs, null>(step, [start, rule.init({ pre, post })], xs)[0][0];
  };
}

const scalesOf = (eta: number) => [0.02, eta / 4, 0.3];

function pointOf({ w, eta }: Layer): Arguments {
  return [uniform(w, fork(1, 3), 0.35, 0.6), uniform([w.at(-1) ?? 1], fork(1, 4), eta / 2, eta), tf.scalar(6)];
}
const importanceOf = ({ w }: Layer) => uniform(w, fork(1, 5), 0.5, 1.5);
const directionOf = (index: number, { shape }: tf.Tensor) => uniform(shape, fork(1, 6 + index), 0.5, 1);

/** Slopes by central differences: the loss in double precision, along a random direction of each argument. */
async function differences(layer: Layer, integration: Integration, weightDependence: WeightDependence): Promise<number[]> {
  const learn = finalWeights(layer, integration, weightDependence);
  const [point, scales] = [pointOf(layer), scalesOf(layer.eta)];
  const factors = await importanceOf(layer).data();
  const slopes: number[] = [];
  for (const [index, scale] of scales.entries()) {
    const lossAt = async (step: number) => {
      const moved = point.map((value, at) => (at === index ? tf.add(value, tf.mul(step, directionOf(at, value))) : value));
      const weights = await learn(moved as unknown as Arguments).data<'float32'>();
      return weights.reduce((sum, value, at) => sum + value * (factors[at] ?? 0), 0);
    };
    slopes.push(((await lossAt(scale)) - (await lossAt(-scale))) / (2 * scale));
  }
  return slopes;
}

describe.each(Object.entries(layers))('gradients through 20 steps on %s', (_, layer) => {
  describe.each(['exact', 'euler'] as const)('%s', (integration) => {
    it.each(weightDependences)('%s: agree with central differences in w, etaPlus and tauPre', async (weightDependence) => {
      const numeric = await elsewhere(() => differences(layer, integration, weightDependence));
      const learn = finalWeights(layer, integration, weightDependence);
      const importance = importanceOf(layer);
      const loss = (...given: tf.Tensor[]) => tf.sum(tf.mul(importance, learn(given as unknown as Arguments)));
      for (const [index, gradient] of tf
        .grads(loss)([...pointOf(layer)])
        .entries()) {
        const analytic = (await tf.sum(tf.mul(gradient, directionOf(index, gradient))).data())[0] ?? Number.NaN;
        const slope = numeric[index] ?? Number.NaN;
        expect(Math.abs(slope)).toBeGreaterThan(1e-3);
        expect(Math.abs(analytic - slope) / Math.abs(slope), `argument ${index}: ${analytic}, ${slope}`).toBeLessThan(1e-3);
      }
    });
  });
});
