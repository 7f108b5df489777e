import * as tf from '@tensorflow/tfjs-core';
import { backendKernels } from '../kernels/tensors/current.js';
import type { Program } from '../kernels/tensors/program/program.js';
import { programSteps } from '../kernels/tensors/program/programSteps.js';
import { changeSizes } from '../topologies/changeSizes.js';
import type { Topology } from '../topologies/topology.js';
import { isLinear } from '../updates/batchReduction.js';
import { changeConstants } from '../updates/fusedChange.js';
import type { UpdateParams } from '../updates/updateParams.js';
import type { FastPath, WrittenRule } from './fastPath.js';
import { type Recording, recorded } from './recorded.js';
import type { CheckedInput } from './ruleInput.js';

/**
 * Steps of a rule as a program for the kernels; `undefined` where its numbers differ between neurons or its update is by functions.
 *
 * @param recording    the step in {@link Activities}, which layer each part of the state is about, and the traces of synapses, if any.
 * @param update       how what it asks for meets the weights.
 * @param rewardScale  of rules that read a reward: what it is multiplied with.
 * @param potentials   of rules that read potentials: what {@link WrittenRule} tells of them.
 */
export function programPath<State extends object>(
  recording: Omit<Recording<string>, 'readsVoltage'>,
  topology: Topology,
  update: UpdateParams,
  rewardScale?: number,
  potentials?: WrittenRule['potentials'],
): FastPath<State> | undefined {
  const change = changeConstants(update, update);
  const program = recorded({ ...recording, readsVoltage: false });
  const withVoltage = recorded({ ...recording, readsVoltage: true });
  if (change === undefined || program === undefined || withVoltage === undefined) return undefined;
  if (!isLinear(update.batchReduction)) return undefined;
  const constants = { change, mean: update.batchReduction === 'mean' };

  const run = (input: CheckedInput, state: State, steps: number | undefined, donate: boolean): [tf.Tensor, State] | undefined => {
    const { pre, post, w, batched, reward, delay, voltage } = input;
    const used = voltage === undefined ? program : withVoltage;
    if (delay !== undefined || (rewardScale !== undefined && reward instanceof tf.Tensor)) return undefined;
    const names = namesOf(used);
    const fields = state as { readonly [name: string]: tf.Tensor | undefined };
    const parts = names.map((name) => fields[name]).filter((part) => part !== undefined);
    if (parts.length < names.length || Object.keys(state).length > names.length) return undefined;
    const layers = steps === undefined ? { pre, post } : { pre: ofOneStep(pre), post: ofOneStep(post) };
    const sizes = changeSizes(topology, layers.pre, layers.post, w, batched);
    const kernels = sizes && backendKernels();
    if (sizes === undefined || kernels?.memory === undefined) return undefined;
    const modulation = rewardScale === undefined ? 1 : typeof reward === 'number' ? reward * rewardScale : undefined;
    const tensors = { w, state: parts, inputs: voltage === undefined ? [pre, post] : [pre, post, voltage] };
    const result = programSteps(kernels.memory, used, tensors, sizes, { ...constants, modulation }, steps ?? 1, donate);
    if (result === undefined) return undefined;
    if (result.w === w) return [w, state];
    return [result.w, Object.fromEntries(names.map((name, index) => [name, result.state[index]])) as State];
  };
  return {
    step: (input, state, donate) => run(input, state, undefined, donate),
    series: (trains, state) => run(trains, state, trains.pre.shape[0], false),
    written: {
      program: potentials === undefined ? program : withVoltage,
      change,
      rewardScale,
      ...(potentials && { potentials }),
    },
  };
}

/** The shape of one step of a train. */
const ofOneStep = ({ shape: [steps = 1, ...shape], size }: tf.Tensor) => ({ shape, size: size / steps });

const namesOf = ({ state, synapses }: Program): readonly string[] => [...state, ...synapses].map(({ name }) => name);
