import * as tf from '@tensorflow/tfjs-core';
import type { Numeric } from '../core/params/validation.js';
import { asTensor } from '../core/tensors.js';
import type { TraceParams } from '../traces/traceParams.js';
import { addSpikes, decayTrace, traceDecay, traceStep } from '../traces/unchecked/exponentialTrace.js';

/**
 * What the activities of two layers are computed with, whatever holds their values: tensors, or registers of a program for kernels.
 * A rule writes its step once, with these, and `ofActivities` makes the rule of it.
 *
 * Which operations there are must not depend on values, only on parameters: the program is written down before any are there. A parameter
 * that differs between neurons is fine; it has no program, and is computed on tensors.
 */
export interface Activities<V> {
  /** A trace one step later, with the present spikes in it. */
  trace(x: V, spikes: V, params: TraceParams): V;
  /** A trace one step later, before the present spikes. */
  decayed(x: V, params: TraceParams): V;
  /** A decayed trace with the present spikes in it. */
  spiked(decayed: V, spikes: V, params: TraceParams): V;
  /** A potential, low-pass filtered: u + (x − u)·exp(−dt/τ). */
  filtered(x: V, u: V, params: TraceParams): V;
  /** a·b, neuron by neuron. */
  product(a: V, b: V): V;
  /** [u − threshold]₊ */
  rectified(u: V, threshold: Numeric): V;
  /** factor·a + offset */
  affine(a: V, factor: number, offset: number): V;
  /** The same number, or one per neuron, everywhere in a layer. */
  filled(like: V, value: Numeric): V;
  /** −rate, of one part. */
  negative(rate: Numeric): Numeric;
}

/** Activities as tensors. */
export const tensorActivities: Activities<tf.Tensor> = {
  trace: traceStep,
  decayed: decayTrace,
  spiked: addSpikes,
  filtered: (x, u, params) => tf.add(u, tf.mul(tf.sub(x, u), traceDecay(params))),
  product: (a, b) => tf.mul(a, b),
  rectified: (u, threshold) => tf.relu(tf.sub(u, asTensor(threshold))),
  affine: (a, factor, offset) => tf.add(offset, tf.mul(a, factor)),
  filled: (like, value) => tf.mul(tf.onesLike(like), asTensor(value)),
  negative: (rate) => (typeof rate === 'number' ? -rate : tf.neg(asTensor(rate))),
};

/** Spikes of both layers, and the potentials of the second where they come from outside. */
export interface Signals<V> {
  readonly pre: V;
  readonly post: V;
  readonly voltage?: V | undefined;
}

/** One product of activities that a rule asks for. */
export interface Part<V> {
  /** Signed: what is above 0 potentiates. */
  readonly rate: Numeric;
  readonly pre: V;
  readonly post: V;
  /** What of the inputs travels to the synapses, for rules with delays. */
  readonly arrives?: 'traces' | 'spikes' | 'triplets';
  /** Time constant of a trace on its way, ms. */
  readonly tau?: Numeric;
}

/** What one step of a rule asks for, and the state after it. */
export interface Asked<V, Name extends string> {
  readonly parts: readonly Part<V>[];
  readonly next: Values<V, Name>;
}

/** One value for each part of a state. */
export type Values<V, Name extends string> = { readonly [name in Name]: V };

/** A step of the activities of a rule: what it asks for, and every part of the state one step later, made of what came by `use` alone. */
export type ActivityStep<Name extends string> = <V>(
  use: Activities<V>,
  signals: Signals<V>,
  state: Values<V, Name>,
) => Asked<V, Name>;

/**
 * A trace one step later.
 *
 * @param present  whether it is read with the present spikes in it.
 * @returns what is read, and the next state.
 */
export function readTrace<V>(
  use: Activities<V>,
  x: V,
  spikes: V,
  params: TraceParams,
  present: boolean,
): { readonly read: V; readonly next: V } {
  if (present) {
    const next = use.trace(x, spikes, params);
    return { read: next, next };
  }
  const read = use.decayed(x, params);
  return { read, next: use.spiked(read, spikes, params) };
}
