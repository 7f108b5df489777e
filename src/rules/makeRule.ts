import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure, inName } from '../core/errors.js';
import { frozenCopy } from '../core/frozen.js';
import { paramsToJSON } from '../core/params/paramsJson.js';
import { perNeuronCheck } from '../core/params/perNeuron.js';
import { nothingMore } from '../core/params/validation.js';
import { show } from '../core/show.js';
import { ensureBackend, tidily, tidilyUnless } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import { checkTopology } from '../topologies/checkTopology.js';
import { isOwnWiring } from '../topologies/ownWiring.js';
import { outputsOf, synapsesOf } from '../topologies/perOutput.js';
import { isRegistered } from '../topologies/registered.js';
import type { Topology } from '../topologies/topology.js';
import { changedBy } from '../updates/applyDelta.js';
import { checkDelta } from '../updates/checkDelta.js';
import { checkUpdate } from '../updates/checkUpdate.js';
import type { Delta } from '../updates/delta.js';
import type { UpdateParams } from '../updates/updateParams.js';
import { checkDefinition } from './checkDefinition.js';
import { disposeBut, isDonated } from './donation.js';
import { isEmpty, stateOfSilent, withoutSilent, withSilentNeurons } from './emptyLayers.js';
import { type FastPath, noteTrains } from './fastPath.js';
import { checkLayerShapes, type LayerShapes, type Rule } from './rule.js';
import {
  type BatchedInput,
  batchedInput,
  type CallNames,
  type CheckedInput,
  checkInput,
  type ExtraInput,
  type RuleInput,
  withBatch,
  withoutBatch,
} from './ruleInput.js';
import { stateCheck } from './ruleState.js';
import { trainOf } from './trains.js';

/** What the author of a rule writes; {@link makeRule} adds checks, batches and tidying. */
export interface RuleDefinition<State> {
  readonly name: string;
  readonly params: object;
  readonly topology: Topology;
  init(shapes: LayerShapes): State;
  /** Called with batched float32 tensors whose shapes agree. */
  delta(input: BatchedInput, w: tf.Tensor, state: State): [Delta, State];
  /** How its Deltas meet the weights. */
  readonly update: UpdateParams;
  /**
   * Params that may hold one value per input. Given (if only as an empty list), every other list in params holds one per
   * output, and all lengths are checked.
   */
  readonly perInput?: readonly string[];
  /** What it reads besides spikes; a delay or a voltage that it doesn't is refused. Default: nothing. */
  readonly reads?: readonly ExtraInput[];
  /** What its `w` are: weights, or delays that are learned in their place. Default `'weight'`. */
  readonly learns?: 'weight' | 'delay';
  /** @internal Steps as one piece of work, where the backend's kernels can. */
  readonly fast?: FastPath<State> | undefined;
}

/**
 * A rule from its definition. What comes to it is checked in one place: what its delta sees are float32 tensors whose shapes agree,
 * and so does every faster way. A batch of no samples changes nothing.
 *
 * @throws {StdpError} when the definition lacks something.
 * @example
 * // Hebb's rule without traces: Δw = 0.01 · pre ⊗ post
 * const hebb = makeRule({
 *   name: 'hebb', params: {}, topology: dense, init: () => ({}),
 *   delta: ({ pre, post }, _w, state) => [{ potentiation: [{ pre, post }], depression: [] }, state],
 *   update: { ...pairStdpDefaults, etaPlus: 0.01 },   // additive, summed over the batch, clamped to [0, 1]
 * });
 * const [w] = hebb.step({ pre: [1, 0], post: [1] }, [[0.5], [0.5]], hebb.init({ pre: [2], post: [1] }));
 * w.print();   // => [[0.51], [0.5]]
 */
export function makeRule<State>(definition: RuleDefinition<State>, ...more: readonly never[]): Rule<State> {
  nothingMore(more, 'makeRule', 'makeRule(definition)');
  return ruleBehind(definition, { where: Object(definition).name, pre: 'pre', post: 'post' });
}

/** {@link makeRule} for a function that has another name than the rule. @param names  what messages call the rule and its spikes. */
export function ruleBehind<State>(definition: RuleDefinition<State>, names: CallNames): Rule<State> {
  checkDefinition(definition);
  const { name, topology, update, perInput, reads = [], learns = 'weight' } = definition;
  const { where } = names;
  checkTopology(topology, where);
  // What was checked stays so: the author's own records are copied, and theirs to change.
  const params = frozenCopy(definition.params, where, 'definition.params');
  const checkPerNeuron = perInput && perNeuronCheck(where, params, perInput);
  const checkedUpdate = frozenCopy(checkUpdate(update, where), where, 'definition.update');
  const checkUpdatePerNeuron = perNeuronCheck(where, checkedUpdate, []);
  const init = (shapes: LayerShapes) => inName(where, () => definition.init(shapes));
  const states = stateCheck(names, init);

  const enter = (input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State): Entered<State> => {
    const checked = checkInput(names, topology, reads, input, w);
    const { pre, post, batched } = checked;
    const weightShape = checked.w.shape;
    const sizes = { inputs: at(pre.shape, -1), outputs: at(post.shape, -1), weightShape: synapsesOf(topology, weightShape) };
    checkPerNeuron?.(sizes);
    checkUpdatePerNeuron({ ...sizes, outputs: outputsOf(topology, weightShape) });
    return [checked, states.check(state, { pre: pre.shape, post: post.shape, w: weightShape }, batched)];
  };
  const run = (input: CheckedInput, state: State): [Delta, State] => {
    if (isNothing(input)) return [nothing, state];
    if (isEmpty(input)) {
      const silent = withSilentNeurons(input);
      const [, next] = run(silent, stateOfSilent(state, silent, init));
      return [nothing, withoutSilent(next, state)];
    }
    const { batched } = input;
    const { w, ...layers } = batchedInput(input);
    const answer: unknown = definition.delta(layers, w, batched ? state : withBatch(state));
    const isPair = Array.isArray(answer) && answer.length === 2;
    ensure(isPair, where, 'delta', () => `must give [delta, state], gave ${show(answer)}`);
    const [delta, next] = answer as [Delta, State];
    return [checkDelta(delta, topology, w.shape, where), batched ? next : withoutBatch(next)];
  };
  const step = ([input, state]: Entered<State>, donate: boolean): [tf.Tensor, State] => {
    if (isNothing(input)) return [tf.clone(input.w), copyOf(state)];
    const whole = isEmpty(input) ? undefined : definition.fast?.step(input, state, donate);
    if (whole !== undefined) return whole;
    const [delta, next] = run(input, state);
    return [changedBy(input.w, delta, topology, checkedUpdate, where), copyOf(next)];
  };
  const rule: Rule<State> = {
    name,
    params,
    topology,
    update: checkedUpdate,
    reads: frozenCopy(reads, where, 'definition.reads'),
    learns,
    init: (shapes, ...more: readonly never[]) => {
      nothingMore(more, where, 'init({ pre, post, w })');
      ensureBackend(where);
      checkLayerShapes(shapes, topology, where);
      return states.init(shapes);
    },
    delta: (input, w, state, ...more: readonly never[]) => {
      nothingMore(more, where, 'delta({ pre, post }, w, state)');
      return tidily(() => {
        const [delta, next] = run(...enter(input, w, state));
        return [copyOf(delta), copyOf(next)];
      });
    },
    step: (input, w, state, options, ...more: readonly never[]) => {
      nothingMore(more, where, 'step({ pre, post }, w, state, { donate })');
      const donate = isDonated(where, options);
      if (!donate) return tidily(() => step(enter(input, w, state), false));
      const isOverwritten = (result: readonly [tf.Tensor, State]) => result[0] === w && result[1] === state;
      const result = tidilyUnless(isOverwritten, () => step(enter(input, w, state), true));
      if (!isOverwritten(result)) disposeBut(result, w, state);
      return result;
    },
    toJSON: () => {
      const isKnown = isOwnWiring(topology) || isRegistered(topology.type);
      const problem = () => "is a wiring of your own, which JSON can't hold: it would come back as another";
      ensure(isKnown, where, 'topology', problem);
      return { rule: name, params: paramsToJSON(where, params), topology: topology.toJSON() };
    },
  };
  const { fast } = definition;
  if (fast !== undefined) {
    const series = (input: RuleInput, w: tf.TensorLike | tf.Tensor, state: State) =>
      tidily(() => {
        const train = trainOf(input, names);
        if (train === undefined) return undefined;
        const [checked, entered] = enter(train.first, w, state);
        return isNothing(checked) || isEmpty(checked) ? undefined : fast.series({ ...checked, ...train.whole }, entered);
      });
    noteTrains(rule, { series, pair: fast.pair, written: fast.written });
  }
  return Object.freeze(rule);
}

/** Input and state that were checked. */
type Entered<State> = readonly [CheckedInput, State];

/** No change. */
const nothing: Delta = { potentiation: [], depression: [] };

/** Whether there is no sample to learn from. */
const isNothing = ({ pre, batched }: CheckedInput): boolean => batched && pre.shape[0] === 0;

const copyOf = <T>(tree: T): T => mapTensors(tree, (tensor) => tf.clone(tensor));
