import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import type { NirNode } from '../../formats/nir/nirGraph.js';
import { arrayOf, type Ends, numbersOf } from '../../formats/nir/nirShapes.js';
import { placeOf } from './flatGraph.js';

export interface NamedTensors {
  readonly [name: string]: tf.Tensor;
}

/** What a node does in a step. */
export interface Behaviour {
  /** What it computes with, and lets go of in the end. */
  readonly tensors: readonly tf.Tensor[];
  /** Fields of its state: how each begins, without a batch axis. */
  readonly remembers: NamedTensors;
  step(input: tf.Tensor, state: NamedTensors): readonly [tf.Tensor, NamedTensors];
}

/** How time is told: the length of a step, and in what the times of the file are. */
export interface NirTime {
  readonly dt: number;
  readonly unit: 's' | 'ms' | 'steps';
}

/** A node, and what it takes to make it work. */
export interface NodeContext extends NirTime {
  readonly node: NirNode;
  readonly ends: Ends;
  /** Where it lies in the file. */
  readonly place: string;
  /** Throws in one line that begins with the place of the node. */
  require(condition: boolean, problem: () => string): void;
}

export function nodeContext(name: string, node: NirNode, ends: Ends, time: NirTime, where: string): NodeContext {
  const place = placeOf(name);
  const require: NodeContext['require'] = (condition, problem) =>
    ensure(condition, where, 'graph', () => `has ${place}, ${problem()}`);
  return { ...time, node, ends, place, require };
}

/** The values of a parameter, which there are. @throws {StdpError} when one is no number, or infinite where it may not be. */
export function valuesOf({ node, require }: NodeContext, name: string, mayBeInfinite = false): readonly number[] {
  const values = numbersOf(node, name) ?? [];
  const odd = values.find((value) => Number.isNaN(value) || !(mayBeInfinite || Number.isFinite(value)));
  require(odd === undefined, () => `whose ${name} holds ${show(odd)}`);
  return values;
}

/** One whole number of a parameter for each axis. */
export function sizesOf(context: NodeContext, name: string, axes: number): readonly number[] {
  const values = valuesOf(context, name);
  const fits = values.length === 1 || values.length === axes;
  context.require(fits, () => `whose ${name} must be one number${axes > 1 ? ` or ${axes}` : ''}, got ${show(values)}`);
  return Array.from({ length: axes }, (_, axis) => values[values.length === 1 ? 0 : axis] as number);
}

/** Values as a tensor of the shape that an array of the file has. */
export const constant = (values: Iterable<number>, shape: readonly number[]): tf.Tensor =>
  tf.tensor(Float32Array.from(values), [...shape], 'float32');

/** An array of the file as a tensor of its shape. */
export const parameter = (context: NodeContext, name: string, mayBeInfinite = false): tf.Tensor =>
  constant(valuesOf(context, name, mayBeInfinite), arrayOf(context.node, name)?.shape ?? []);
