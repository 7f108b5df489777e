import * as tf from '@tensorflow/tfjs-core';
import { isSome, tryCatch } from 'fp-ts/lib/Option.js';
import { ensure, StdpError } from '../core/errors.js';
import { fork, randomUniform, type Seed } from '../core/random.js';
import { show } from '../core/show.js';
import type { Rule, RuleInput } from '../rules/rule.js';
import type { Topology } from '../topologies/topology.js';

/** What comes with the spikes in every step. */
export interface FixtureInput {
  /** Reward of rules that need one. Default: none comes. */
  readonly reward?: number;
  /** Delay of every synapse, ms, of rules that need one. Default: none comes. */
  readonly delay?: number;
}

/** Random spikes and weights that fit a rule's topology. */
export interface Fixture {
  readonly shapes: { readonly pre: readonly number[]; readonly post: readonly number[]; readonly w: readonly number[] };
  /** Weights drawn evenly from [low, high]. */
  weights(low: number, high: number): tf.Tensor;
  /** Spikes of both layers at one step, and what comes with them. */
  spikes(time: number): FixtureStep;
  /** Every neuron of the given layers spikes, no other. */
  only(...layers: readonly ('pre' | 'post')[]): FixtureStep;
}

/** One step's input. */
export interface FixtureStep extends RuleInput {
  readonly pre: tf.Tensor;
  readonly post: tf.Tensor;
}

/** The smallest of its examples that the topology can connect. */
function layersFor(topology: Topology): Fixture['shapes'] {
  const { type, examples = [] } = topology;
  ensure(examples.length > 0, 'laws', 'topology', () => `${show(type)} has no examples: layers { pre, w } that it connects`);
  for (const { pre, w } of examples) {
    const post = tryCatch(() => topology.outputShape('laws', [1, ...pre], w).slice(1));
    if (isSome(post)) return { pre, post: post.value, w };
  }
  throw new StdpError('laws', 'topology', `connects none of its examples: ${show(topology.toJSON())}`);
}

/** A fixture of `batch` samples (without batch axis when `batch` is undefined). */
export function fixture<State>(rule: Rule<State>, seed: Seed, batch?: number, input: FixtureInput = {}): Fixture {
  const { pre, post, w } = layersFor(rule.topology);
  const leading = batch === undefined ? [] : [batch];
  const { reward, delay } = input;
  const extra = () => ({
    ...(reward !== undefined && { reward }),
    ...(delay !== undefined && { delay: tf.fill([...w], delay) }),
  });
  const shapes = { pre: [...leading, ...pre], post: [...leading, ...post], w };
  return {
    shapes,
    weights: (low, high) => uniform(w, fork(seed, 0), low, high),
    spikes: (time) => ({
      pre: bernoulli(shapes.pre, fork(fork(seed, 1), time)),
      post: bernoulli(shapes.post, fork(fork(seed, 2), time)),
      ...extra(),
    }),
    only: (...spiking) => ({
      pre: tf.fill(shapes.pre, Number(spiking.includes('pre'))),
      post: tf.fill(shapes.post, Number(spiking.includes('post'))),
      ...extra(),
    }),
  };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, next) => size * next, 1);

const uniform = (shape: readonly number[], seed: Seed, low: number, high: number): tf.Tensor =>
  tf.tensor(randomUniform(sizeOf(shape), seed, low, high), [...shape]);

const bernoulli = (shape: readonly number[], seed: Seed): tf.Tensor =>
  tf.tensor(
    randomUniform(sizeOf(shape), seed).map((value) => (value < 0.4 ? 1 : 0)),
    [...shape],
  );
