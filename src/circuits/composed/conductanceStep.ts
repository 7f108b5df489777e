import * as tf from '@tensorflow/tfjs-core';
import type { NeuronModel } from '../neurons/neuronKinds.js';
import type { NeuronTensors } from '../neurons/registerNeuron.js';
import { atSpikes, firing, flush, heldIn, type NeuronStep, pausedAfter, variable } from './values.js';

type Conductance = Extract<NeuronModel, { readonly kind: 'condLif' | 'adaptiveLif' | 'adEx' }>;

/**
 * One step with conductances: with g = leak + Σ gᵣ held, q = g·dt/C,
 *
 *     v' = v + (leak·rest + I + Σ gᵣ·Eᵣ − g·v)·(dt/C) / (q / (1 − exp(−q)))
 *
 * where q/(1 − exp(−q)) is 1 + q/2 + q²/12 up to q = 3, and goes on straight from there.
 */
export function conductanceStep(model: Conductance, dt: number): NeuronStep {
  const { capacitance, leak, vRest, vReset, tauRefractory, current, receptors } = model.params;
  const threshold = model.kind === 'adEx' ? model.params.vPeak : model.params.vTh;
  const pace = dt / capacitance;
  return (variables, drive, t) => {
    const v = variable(variables, 'v');
    const g = Object.keys(receptors).reduce<tf.Tensor>(
      (sum, name) => tf.add(sum, variable(variables, name)),
      tf.fill(v.shape, leak),
    );
    const pull = Object.entries(receptors).reduce<tf.Tensor>(
      (sum, [name, { reversal }]) => tf.add(sum, tf.mul(variable(variables, name), reversal)),
      tf.add(drive, leak * vRest + current),
    );
    const injected = model.kind === 'adEx' ? tf.add(pull, upstroke(model.params, v, variable(variables, 'w'))) : pull;
    const q = tf.mul(g, pace);
    const near = tf.minimum(q, 3);
    const bend = tf.mul(near, tf.sub(tf.div(near, 12), 0.5));
    const part = tf.div(pace, tf.add(tf.add(1, q), bend));
    const moved = tf.add(v, tf.mul(tf.sub(injected, tf.mul(g, v)), part));
    const isHeld = heldIn(variables, t);
    const after = tf.where(isHeld, v, moved);
    const limit = model.kind === 'adaptiveLif' ? tf.add(threshold, variable(variables, 'theta')) : threshold;
    const spikes = firing(tf.greater(after, limit), isHeld);
    const decayed = Object.entries(receptors).map(([name, { tau }]) => {
      return [name, flush(tf.mul(variable(variables, name), tau === 0 ? 0 : Math.exp(-dt / tau)))] as const;
    });
    const next = {
      v: atSpikes(spikes, vReset, after),
      until: pausedAfter(variables, spikes, t, Math.round(tauRefractory / dt)),
      ...Object.fromEntries(decayed),
    };
    return { spikes, variables: { ...next, ...adapted(model, variables, spikes, dt) } };
  };
}

/** What lifts the potential of an adaptive exponential neuron at the knee, less its adaptation. */
function upstroke(
  {
    leak,
    slopeFactor,
    vTh,
    vPeak,
  }: { readonly leak: number; readonly slopeFactor: number; readonly vTh: number; readonly vPeak: number },
  v: tf.Tensor,
  w: tf.Tensor,
): tf.Tensor {
  const rise = tf.exp(tf.div(tf.sub(tf.minimum(v, vPeak), vTh), slopeFactor));
  return tf.sub(tf.mul(rise, leak * slopeFactor), w);
}

/** What adapts, one step later. */
function adapted(model: Conductance, variables: NeuronTensors, spikes: tf.Tensor, dt: number): NeuronTensors {
  switch (model.kind) {
    case 'condLif':
      return {};
    case 'adaptiveLif': {
      const { tauTheta, thetaPlus } = model.params;
      const theta = flush(tf.mul(variable(variables, 'theta'), Math.exp(-dt / tauTheta)));
      return { theta: tf.add(theta, tf.mul(spikes, thetaPlus)) };
    }
    case 'adEx': {
      const { a, b, tauAdaptation, vRest } = model.params;
      const decay = Math.exp(-dt / tauAdaptation);
      const pull = tf.mul(tf.sub(variable(variables, 'v'), vRest), a * (1 - decay));
      const w = flush(tf.add(tf.mul(variable(variables, 'w'), decay), pull));
      return { w: tf.add(w, tf.mul(spikes, b)) };
    }
  }
}
