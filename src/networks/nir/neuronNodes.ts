import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import { type Behaviour, constant, type NamedTensors, type NodeContext, parameter, valuesOf } from './nodeContext.js';

/**
 * The neurons of NIR, a forward Euler step of their equations, the current first:
 *
 *     CubaLI, CubaLIF   i' = i + dt/τ_syn·(w_in·x − i),   else i' = x
 *     I, IF             u  = v + dt·r·i'                  from v = 0
 *     LI, LIF, Cuba…    u  = v + dt/τ·(v_leak − v + r·i') from v = v_leak
 *     IF, LIF, CubaLIF  z  = [u > v_threshold],  v' = v_reset where z, else u;   the others give v' = u
 *
 * The membrane follows the current of the same step, as in snnTorch, Spyx and SpikingJelly: files of theirs spike as they do.
 */
export function neuron(context: NodeContext): Behaviour {
  const { node, ends, dt } = context;
  const shape = ends.out ?? [];
  const tau = { LI: 'tau', LIF: 'tau', CubaLI: 'tau_mem', CubaLIF: 'tau_mem' }[node.type];
  const leak = tau && rates(context, tau);
  const rest = leak && valuesOf(context, 'v_leak');
  // Products in double precision: a writer's r = τ/dt is then a gain of 1.
  const gain = constant(
    valuesOf(context, 'r').map((r, index) => r * (leak ? at(leak, index) : dt)),
    shape,
  );
  const membrane = leak &&
    rest && {
      decay: constant(
        leak.map((rate) => 1 - rate),
        shape,
      ),
      pull: constant(
        leak.map((rate, index) => rate * at(rest, index)),
        shape,
      ),
    };
  const synapse = node.type.startsWith('Cuba') ? synapses(context, shape) : undefined;
  const firing = 'v_threshold' in node.params && {
    threshold: parameter(context, 'v_threshold', true),
    reset: parameter(context, 'v_reset'),
  };
  const remembers = { v: rest ? constant(rest, shape) : tf.zeros([...shape]), ...(synapse && { i: tf.zeros([...shape]) }) };
  return {
    tensors: [gain, ...Object.values({ ...membrane, ...synapse, ...firing })],
    remembers,
    step: (input, state) => {
      const { v, i } = state as { readonly v: tf.Tensor; readonly i?: tf.Tensor };
      const current = synapse && i ? tf.add(tf.mul(i, synapse.fade), tf.mul(input, synapse.jump)) : input;
      const driven = tf.mul(current, gain);
      const u = tf.add(membrane ? tf.add(tf.mul(v, membrane.decay), membrane.pull) : v, driven);
      const kept: NamedTensors = synapse ? { i: current } : {};
      if (!firing) return [tf.clone(u), { v: u, ...kept }];
      const z = tf.step(tf.sub(u, firing.threshold));
      return [z, { v: tf.add(tf.mul(u, tf.sub(1, z)), tf.mul(z, firing.reset)), ...kept }];
    },
  };
}

/** dt/τ. @throws {StdpError} when a step of the size is too long for a time constant. */
function rates(context: NodeContext, name: string): readonly number[] {
  const { dt, unit, require } = context;
  return valuesOf(context, name, true).map((tau) => {
    require(tau > 0, () => `whose ${name} must be above 0, got ${tau}`);
    require(dt <= 2 * tau * (1 + 1e-6), () =>
      `whose ${name} is ${tau}, less than half of dt = ${dt} ${unit}: Euler's steps grow without end (are times in the file in ${unit}?)`);
    return dt / tau;
  });
}

function synapses(context: NodeContext, shape: readonly number[]): { readonly fade: tf.Tensor; readonly jump: tf.Tensor } {
  const fall = rates(context, 'tau_syn');
  const jump = valuesOf(context, 'w_in').map((weight, index) => weight * at(fall, index));
  return {
    fade: constant(
      fall.map((rate) => 1 - rate),
      shape,
    ),
    jump: constant(jump, shape),
  };
}
