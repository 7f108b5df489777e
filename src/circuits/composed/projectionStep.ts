import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import type { Rule } from '../../rules/rule.js';
import { ruleFromJSON } from '../../rules/ruleFromJSON.js';
import { sparse } from '../../topologies/sparse.js';
import type { Topology } from '../../topologies/topology.js';
import type { CheckedProjection } from '../checked/projections.js';
import type { Ends } from '../checked/wirings.js';
import type { ProjectionWiring } from '../circuitState.js';
import { scaled, weakened } from './upkeep.js';

/** A projection at one time. */
export interface ProjectionNow {
  /** `[synapses]`. */
  readonly w: tf.Tensor;
  /** The state of its rule. */
  readonly rule?: object;
  /** What a reward was filtered to. */
  readonly level?: tf.Tensor;
  /** Short-term plasticity of each presynaptic neuron, as `x`. */
  readonly u?: tf.Tensor;
  readonly x?: tf.Tensor;
}

/** What a projection sees in a step: spikes 0 or 1, those that arrive and those that are fired now. */
export interface Seen {
  readonly arriving: tf.Tensor;
  readonly fired: tf.Tensor;
  readonly post: tf.Tensor;
  readonly voltage: tf.Tensor | undefined;
  readonly reward: number;
  readonly t: number;
}

/** A projection as operations on tensors. */
export interface ComposedProjection {
  /** What it begins with beside its weights. */
  begin(w: tf.Tensor): ProjectionNow;
  /** What arrives at each postsynaptic neuron, and the projection one step later. */
  step(now: ProjectionNow, seen: Seen): { readonly arrived: tf.Tensor; readonly next: ProjectionNow };
}

/** A projection with at least one synapse. */
export function composedProjection(
  projection: CheckedProjection,
  ends: Ends,
  { start, target }: ProjectionWiring,
  dt: number,
): ComposedProjection {
  const pairs = Array.from({ length: ends.pre }, (_, pre) =>
    Array.from(target.subarray(start[pre], start[pre + 1]), (post) => [pre, post] as const),
  ).flat();
  const topology = sparse(pairs, { inputs: ends.pre, outputs: ends.post });
  const rule =
    projection.rule &&
    ruleFromJSON({ rule: projection.rule.rule, params: projection.rule.params ?? {}, topology: topology.toJSON() });
  const { every = dt } = projection.rule ?? {};
  ensure(
    every === dt,
    'runComposed',
    'rule.every',
    () => `must be one step, ${dt} ms, got ${every}: weights change in each step here`,
  );
  ensure(projection.rewiring === undefined, 'runComposed', 'rewiring', () => 'is not composed: run does it');
  return {
    begin: (w) => ({
      w,
      ...(rule && { rule: rule.init({ pre: [ends.pre], post: [ends.post], w: [pairs.length] }) }),
      ...(rule?.reads.includes('reward') && { level: tf.scalar(0) }),
      ...(projection.shortTerm && { u: tf.zeros([ends.pre]), x: tf.ones([ends.pre]) }),
    }),
    step: (now, seen) => {
      const { share, next: sent } = released(now, seen.arriving, projection, dt);
      const arrived = tf.reshape(topology.forward(tf.expandDims(tf.mul(seen.arriving, share), 0), now.w), [ends.post]);
      const learned = rule === undefined ? sent : learn(rule, projection, sent, seen, dt);
      return { arrived, next: { ...learned, w: kept(learned.w, projection, topology, seen, dt) } };
    },
  };
}

/** What a spike of each neuron releases, u'·x, and what is left of it. */
function released(now: ProjectionNow, arriving: tf.Tensor, { shortTerm }: CheckedProjection, dt: number) {
  const { u, x } = now;
  if (shortTerm === undefined || u === undefined || x === undefined) return { share: tf.scalar(1), next: now };
  const { utilization, tauFacilitation, tauRecovery } = shortTerm;
  const before = tf.mul(u, tauFacilitation === 0 ? 0 : Math.exp(-dt / tauFacilitation));
  const risen = tf.add(before, tf.mul(utilization, tf.sub(1, before)));
  const recovered = tf.sub(1, tf.mul(tf.sub(1, x), Math.exp(-dt / tauRecovery)));
  const spent = tf.cast(arriving, 'bool');
  const next = { ...now, u: tf.where(spent, risen, before), x: tf.where(spent, tf.mul(recovered, tf.sub(1, risen)), recovered) };
  return { share: tf.mul(risen, recovered), next };
}

function learn(rule: Rule<object>, projection: CheckedProjection, now: ProjectionNow, seen: Seen, dt: number): ProjectionNow {
  const { tau = 0, baseline = 0 } = projection.rule?.reward ?? {};
  const level = now.level && tf.add(tf.mul(now.level, tau === 0 ? 0 : Math.exp(-dt / tau)), seen.reward);
  const isLate = rule.name.startsWith('delayAdjusted'); // it sees spikes as they are fired, and knows the delay
  const input = {
    pre: isLate ? seen.fired : seen.arriving,
    post: seen.post,
    ...(level && { reward: tf.reshape(tf.add(level, baseline), []) }),
    ...(isLate && { delay: tf.fill(now.w.shape, projection.delay) }),
    ...(rule.reads.includes('voltage') && { voltage: voltageOf(rule, seen) }),
  };
  const [w, state] = rule.step(input, now.w, now.rule ?? {});
  return { ...now, w, rule: state, ...(level && { level }) };
}

/** Potentials as a rule reads them: of a neuron that fires, the peak of its spike. */
function voltageOf(rule: Rule<object>, { voltage, post }: Seen): tf.Tensor {
  ensure(voltage !== undefined, 'runComposed', 'rule', () => `${rule.name} reads potentials, its neurons have no v`);
  const { uSpike } = rule.params as { readonly uSpike?: unknown };
  return typeof uSpike === 'number' ? tf.where(tf.cast(post, 'bool'), tf.fill(voltage.shape, uSpike), voltage) : voltage;
}

/** Weights with what becomes of them beside a rule. */
function kept(w: tf.Tensor, { heterosynaptic, scaling }: CheckedProjection, topology: Topology, { post, t }: Seen, dt: number) {
  const lost = heterosynaptic === undefined ? w : weakened(w, topology, post, heterosynaptic.fraction);
  const isTime = scaling !== undefined && (t + 1) % Math.round(scaling.every / dt) === 0;
  return isTime ? scaled(lost, topology, scaling) : lost;
}
