import * as tf from '@tensorflow/tfjs-core';
import type { Topology } from '../topologies/topology.js';
import type { UpdateParams } from '../updates/updateParams.js';
import { type ActivityStep, type Part, tensorActivities, type Values } from './activities.js';
import type { RuleDefinition } from './makeRule.js';
import { programPath } from './programPath.js';
import type { Recording } from './recorded.js';
import type { BatchedInput, LayerShapes } from './rule.js';
import { rewarded, type SignedHalf, signedDelta, type Wiring } from './signedDelta.js';

/** How the inputs of a rule reach its synapses. */
export interface Arrival<Records> {
  /** Empty records of what inputs send. */
  init(shapes: LayerShapes, topology: Topology): Records;
  /** What is asked for, the inputs as they arrive; and the records one step later. */
  through(
    parts: readonly Part<tf.Tensor>[],
    input: BatchedInput,
    state: Records,
    wiring: Wiring,
  ): { readonly halves: readonly SignedHalf[]; readonly records: Records };
}

/** What the body of some rules needs besides. */
interface Extras<Records> {
  /** How inputs reach the synapses. Default: at once. */
  readonly arrival?: Arrival<Records>;
  /** What a reward is multiplied with, of rules that read one. */
  readonly rewardScale?: number;
}

/** Inputs that are at the synapses at once. */
export const atOnce: Arrival<object> = {
  init: () => ({}),
  through: (parts) => ({ halves: parts.map(({ rate, pre, post }) => ({ rate, term: { pre, post } })), records: {} }),
};

/**
 * The body of a rule whose step is all in {@link Activities}: run on tensors it gives the Delta, and the kernels of a backend are given
 * the same step as a program. The state begins with 0 in all parts.
 *
 * @param step    the step of the state, and the products that it asks for.
 * @param sides   which layer each part of the state is about.
 * @param update  how what is asked for meets the weights. Where the step's rates are all there are, those of the update are 1: `ratesInside`.
 * @internal
 */
export const ofActivities = <Name extends string, Records = object>(
  { step, sides }: { readonly step: ActivityStep<Name>; readonly sides: Recording<Name>['sides'] },
  topology: Topology,
  update: UpdateParams,
  { arrival = atOnce as Arrival<Records>, rewardScale }: Extras<Records> = {},
): Pick<RuleDefinition<Values<tf.Tensor, Name> & Records>, 'init' | 'delta' | 'update' | 'fast'> => ({
  init: (shapes) => {
    const parts = Object.keys(sides) as Name[];
    const zeros = Object.fromEntries(parts.map((name) => [name, tf.zeros([...shapes[sides[name]]])]));
    return { ...(zeros as Values<tf.Tensor, Name>), ...arrival.init(shapes, topology) };
  },
  delta: (input, w, state) => {
    const wiring = { topology, weightShape: w.shape };
    const { parts, next } = step(tensorActivities, input, state);
    const { halves, records } = arrival.through(parts, input, state, wiring);
    const delta = rewardScale === undefined ? signedDelta(halves, wiring) : rewarded(halves, wiring, input.reward, rewardScale);
    return [delta, { ...next, ...records }];
  },
  update,
  fast: programPath({ step, sides }, topology, update, rewardScale),
});
