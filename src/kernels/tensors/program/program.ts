import type * as tf from '@tensorflow/tfjs-core';
import type { ChangeConstants, TraceConstants } from '../../constants.js';

/**
 * One operation on registers, which hold a value of every neuron of one layer. Nothing else writes `out`.
 *
 * | op | out |
 * |---|---|
 * | `trace` | decay·a + height·b; with `nearest` height·b where b ≠ 0, else decay·a |
 * | `product` | a·b |
 * | `rectified` | max(a − threshold, 0) |
 * | `filled` | value |
 */
export type Instruction =
  | ({ readonly op: 'trace'; readonly out: number; readonly a: number; readonly b: number } & TraceConstants)
  | { readonly op: 'product'; readonly out: number; readonly a: number; readonly b: number }
  | { readonly op: 'rectified'; readonly out: number; readonly a: number; readonly threshold: number }
  | { readonly op: 'filled'; readonly out: number; readonly value: number };

/** One outer product of two registers, and its rate: above 0 it raises weights, below 0 it lowers them. */
export interface ProgramTerm {
  readonly rate: number;
  readonly pre: number;
  readonly post: number;
}

/** A trace of every synapse: E' = decay·E + Σ terms; it changes its weight by rate·modulation·E. */
export interface SynapseTrace {
  readonly name: string;
  readonly decay: number;
  readonly terms: readonly ProgramTerm[];
  readonly rate: number;
  /** Which side of the change that is on: the one that its own sign says, or that of rate·modulation, whatever E is. */
  readonly sorted: 'byChange' | 'byRate';
}

/** One step of a rule in numbers: operations on the activities of two layers, and what they ask of the weights. */
export interface Program {
  /** Which layer each register belongs to. */
  readonly sides: readonly ('pre' | 'post')[];
  /** Registers of what comes from outside. */
  readonly inputs: { readonly pre: number; readonly post: number; readonly voltage?: number };
  /** For each part of the state with a value per neuron its register before, and its register after. */
  readonly state: readonly { readonly name: string; readonly before: number; readonly after: number }[];
  readonly instructions: readonly Instruction[];
  /** Terms of the change; with synapse traces there are none. */
  readonly terms: readonly ProgramTerm[];
  /** Traces of synapses. */
  readonly synapses: readonly SynapseTrace[];
  /** Whether the weights see a synapse trace before the step or after it. */
  readonly reads: 'previous' | 'present';
}

/** What all steps of a program share. */
export interface ProgramConstants {
  readonly change: ChangeConstants;
  readonly mean: boolean;
  /** What multiplies all rates: 1, or what a reward makes of them; undefined: none came, the weights stay. */
  readonly modulation: number | undefined;
}

/** What a program works on. */
export interface ProgramTensors {
  readonly w: tf.Tensor;
  /** Parts of the state in the order of the program: values per neuron, then those per synapse. */
  readonly state: readonly tf.Tensor[];
  /** Spikes of both layers, then what else the program reads. */
  readonly inputs: readonly tf.Tensor[];
}

/** What a program gives. */
export type ProgramResult = Pick<ProgramTensors, 'w' | 'state'>;
