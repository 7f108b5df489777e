import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { aFunction, aText, ensureIs, nothingMore, scalar } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { isNeuronKind } from './neuronKinds.js';

/** Variables of neurons as tensors, `[size]` each. */
export interface NeuronTensors {
  readonly [variable: string]: tf.Tensor;
}

/** What comes to neurons in a step. */
export interface NeuronSurroundings {
  /** What {@link CircuitInput} and `noise` bring, `[size]`. */
  readonly current: tf.Tensor;
  /** Step, ms. */
  readonly dt: number;
  /** Parameters of the population, as they were given. */
  readonly params: { readonly [name: string]: unknown };
}

/** A kind of neurons of one's own. */
export interface OwnNeuron {
  /** First values by name; `v` is what `voltage` records and rules of voltages read. */
  readonly variables: { readonly [name: string]: number };
  /** Which of them weights of arriving spikes are added to. Default `['input']`. */
  readonly receptors?: readonly string[];
  /**
   * One step of tfjs operations: the same variables one step later (what arrives now is added to them), and the spikes `[size]`, 0 or
   * 1. Pure; runs inside `tf.tidy`.
   */
  step(variables: NeuronTensors, given: NeuronSurroundings): { readonly variables: NeuronTensors; readonly spikes: tf.Tensor };
}

/** {@link OwnNeuron} with its receptors. */
export type RegisteredNeuron = Required<OwnNeuron>;

const registered = new Map<string, RegisteredNeuron>();

/** The kinds that were registered. */
export const ownNeurons: ReadonlyMap<string, RegisteredNeuron> = registered;

/**
 * Makes a kind of neurons of one's own known by a name, for all circuits of this program: {@link runComposed} runs them. Who registers
 * a name again replaces it.
 *
 * @throws {StdpError} when the name is one of the library's, or the kind lacks what it needs.
 * @example
 * registerNeuron('perfect', {
 *   variables: { v: 0, input: 0 },
 *   step: ({ v, input }) => {
 *     const u = tf.add(v, input);
 *     const spikes = tf.cast(tf.greater(u, 1), 'float32');
 *     return { variables: { v: tf.mul(u, tf.sub(1, spikes)), input: tf.zerosLike(input) }, spikes };
 *   },
 * });
 */
export function registerNeuron(name: string, neuron: OwnNeuron, ...more: readonly never[]): void {
  const where = 'registerNeuron';
  nothingMore(more, where, 'registerNeuron(name, neuron)');
  ensureIs(aText, name, where, 'name');
  ensure(name !== '' && !isNeuronKind(name), where, 'name', () => `must be one of your own, got ${show(name)}`);
  ensure(isRecord(neuron), where, 'neuron', () => `must be { variables, receptors, step }, got ${show(neuron)}`);
  ensureFields(neuron, ['variables', 'receptors', 'step'], where, 'neuron');
  const { variables, receptors = ['input'], step } = neuron;
  ensure(isRecord(variables), where, 'variables', () => `must be first values by name, got ${show(variables)}`);
  for (const [variable, value] of Object.entries(variables)) ensureIs(scalar, value, where, `variables.${variable}`);
  const known = (receptor: unknown) => typeof receptor === 'string' && Object.hasOwn(variables, receptor);
  const problem = () => `must be some of the variables ${Object.keys(variables).join(', ')}, got ${show(receptors)}`;
  ensure(isListOf(receptors, known) && receptors.length > 0, where, 'receptors', problem);
  ensureIs(aFunction, step, where, 'step');
  registered.set(name, { variables: { ...variables }, receptors: [...receptors], step });
}
