import type * as tf from '@tensorflow/tfjs-core';
import type { IntegrateAndFireParams } from '../../neurons/integrateAndFire.js';
import type { LeakyIntegratorParams } from '../../neurons/leakyIntegrator.js';
import type { LifParams } from '../../neurons/lif.js';
import type { RefractoryLifParams } from '../../neurons/refractoryLif.js';
import type { Rule } from '../../rules/rule.js';
import type { Topology } from '../../topologies/topology.js';

/** Weights between two layers. */
export interface NirWeights<State = object> {
  /** Weights in the shape of the topology. */
  readonly w: tf.Tensor;
  /** The wiring. Default: that of the rule, or `dense`. */
  readonly topology?: Topology;
  /** What they learn by, if they do. */
  readonly rule?: Rule<State>;
  /** What the rule remembers, a record of tensors. */
  readonly state?: State;
}

/**
 * Neurons: those of `lifFeedForwardStep`, `liFeedForwardStep`, `integrateAndFireStep`, `refractoryLifStep`.
 *
 * @property params      of that step.
 * @property inhibition  what each spike of another neuron takes from a neuron's current, one step later, as in `plasticLayer`. Default 0.
 */
export type NirNeurons = {
  readonly [Name in keyof NeuronParams]: {
    readonly neuron: Name;
    readonly params?: Partial<NeuronParams[Name]>;
    readonly inhibition?: number;
  };
}[keyof NeuronParams];

/** The parameters of each kind of neurons. */
export interface NeuronParams {
  readonly lif: LifParams;
  readonly li: LeakyIntegratorParams;
  readonly integrateAndFire: IntegrateAndFireParams;
  readonly refractoryLif: RefractoryLifParams;
}

/** Spikes where the input is above a threshold, remembering nothing: of a cumulative wave the neurons of a latency network. */
export interface NirThreshold {
  readonly threshold: number;
}

/** A part of a chain that goes out as NIR. */
export type NirLayer = NirWeights | NirNeurons | NirThreshold;
