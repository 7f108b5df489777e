import * as tf from '@tensorflow/tfjs-core';
import type { IzhikevichNeuronParams } from '../neurons/izhikevich.js';
import { atSpikes, firing, flush, heldIn, type NeuronStep, pausedAfter, variable } from './values.js';

/** One step of Izhikevich's neurons: two halves of v, then u with the new v. */
export function izhikevichStep({ a, b, c, d, vPeak, current, receptors }: IzhikevichNeuronParams, dt: number): NeuronStep {
  return (variables, drive, t) => {
    const [v, u] = [variable(variables, 'v'), variable(variables, 'u')];
    const names = Object.keys(receptors);
    const injected = names.reduce<tf.Tensor>((sum, name) => tf.add(sum, variable(variables, name)), tf.add(drive, current));
    const half = (x: tf.Tensor): tf.Tensor => {
      const slope = tf.add(tf.mul(x, 0.04), 5);
      const rise = tf.add(tf.sub(tf.add(tf.mul(slope, x), 140), u), injected);
      return tf.add(x, tf.mul(rise, dt / 2));
    };
    const isHeld = heldIn(variables, t);
    const after = tf.where(isHeld, v, half(half(v)));
    const followed = tf.add(u, tf.mul(tf.sub(tf.mul(after, b), u), a * dt));
    const spikes = firing(tf.greaterEqual(after, vPeak), isHeld);
    const decayed = Object.entries(receptors).map(([name, { tau }]) => {
      return [name, flush(tf.mul(variable(variables, name), tau === 0 ? 0 : Math.exp(-dt / tau)))] as const;
    });
    const next = {
      v: atSpikes(spikes, c, after),
      u: tf.add(followed, tf.mul(spikes, d)),
      until: pausedAfter(variables, spikes, t, 0),
    };
    return { spikes, variables: { ...next, ...Object.fromEntries(decayed) } };
  };
}
