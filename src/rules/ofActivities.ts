import * as tf from '@tensorflow/tfjs-core';
import type { Topology } from '../topologies/topology.js';
import type { UpdateParams } from '../updates/updateParams.js';
import { type ActivityStep, tensorActivities, type Values } from './activities.js';
import type { RuleDefinition } from './makeRule.js';
import { programPath } from './programPath.js';
import type { Recording } from './recorded.js';
import { signedDelta } from './signedDelta.js';

/**
 * The body of a rule whose step is all in {@link Activities}: run on tensors it gives the Delta, and the kernels of a backend are given
 * the same step as a program. The state begins with 0 in all parts.
 *
 * @param step    the step of the state, and the products that it asks for.
 * @param sides   which layer each part of the state is about.
 * @param update  how what is asked for meets the weights. Where the step's rates are all there are, those of the update are 1: `ratesInside`.
 */
export const ofActivities = <Name extends string>(
  { step, sides }: { readonly step: ActivityStep<Name>; readonly sides: Recording<Name>['sides'] },
  topology: Topology,
  update: UpdateParams,
): Pick<RuleDefinition<Values<tf.Tensor, Name>>, 'init' | 'delta' | 'update' | 'fast'> => ({
  init: (shapes) => {
    const parts = Object.keys(sides) as Name[];
    return Object.fromEntries(parts.map((name) => [name, tf.zeros([...shapes[sides[name]]])])) as Values<tf.Tensor, Name>;
  },
  delta: (input, w, state) => {
    const { parts, next } = step(tensorActivities, input, state);
    const halves = parts.map(({ rate, pre, post }) => ({ rate, term: { pre, post } }));
    return [signedDelta(halves, { topology, weightShape: w.shape }), next];
  },
  update,
  fast: programPath({ step, sides }, topology, update),
});
