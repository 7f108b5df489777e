import * as tf from '@tensorflow/tfjs-core';
import type { NeuronModel } from '../neurons/neuronKinds.js';
import { atSpikes, firing, flush, heldIn, type NeuronStep, pausedAfter, variable } from './values.js';

type Current = Extract<NeuronModel, { readonly kind: 'lif' | 'integrateAndFire' }>;

/** One step with currents, held over the step: v' = u + (leak·rest + Σ I − leak·u)·gain, u being v with the jumps that have come. */
export function currentStep(model: Current, dt: number): NeuronStep {
  const { vTh, vReset, tauRefractory, receptors } = model.params;
  const { leak, constant, gain } = membraneOf(model, dt);
  return (variables, drive, t) => {
    const v = variable(variables, 'v');
    const of = (isJump: boolean) =>
      Object.entries(receptors).flatMap(([name, { tau }]) => ((tau === 0) === isJump ? [name] : []));
    const jumped = of(true).reduce<tf.Tensor>((sum, name) => tf.add(sum, variable(variables, name)), v);
    const injected = of(false).reduce<tf.Tensor>((sum, name) => tf.add(sum, variable(variables, name)), tf.add(drive, constant));
    const moved = tf.add(jumped, tf.mul(tf.sub(injected, tf.mul(jumped, leak)), gain));
    const isHeld = heldIn(variables, t);
    const after = tf.where(isHeld, v, moved);
    const spikes = firing(tf.greater(after, vTh), isHeld);
    const decayed = Object.entries(receptors).map(([name, { tau }]) => {
      return [name, flush(tf.mul(variable(variables, name), tau === 0 ? 0 : Math.exp(-dt / tau)))] as const;
    });
    const until = pausedAfter(variables, spikes, t, Math.round(tauRefractory / dt));
    return { spikes, variables: { v: atSpikes(spikes, vReset, after), until, ...Object.fromEntries(decayed) } };
  };
}

function membraneOf(model: Current, dt: number) {
  if (model.kind === 'integrateAndFire') return { leak: 0, constant: model.params.current, gain: dt };
  const { leak, vRest, current, capacitance } = model.params;
  return { leak, constant: leak * vRest + current, gain: -Math.expm1((-dt * leak) / capacitance) / leak };
}
