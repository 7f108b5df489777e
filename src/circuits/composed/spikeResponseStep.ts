import * as tf from '@tensorflow/tfjs-core';
import type { SpikeResponseNeuronParams } from '../neurons/spikeResponse.js';
import { atSpikes, firing, flush, heldIn, type NeuronStep, pausedAfter, variable } from './values.js';

/** One exact step of v, g and a; while refractory they go on, but don't fire. */
export function spikeResponseStep(params: SpikeResponseNeuronParams, dt: number): NeuronStep {
  const { tauMem, tauSyn, vTh, spikeHeight, afterpotential, tauRefractory } = params;
  const [membrane, synapse] = [Math.exp(-dt / tauMem), Math.exp(-dt / tauSyn)];
  const common = (membrane - synapse) / (1 / tauSyn - 1 / tauMem);
  const height = (tauSyn / tauMem) ** (tauMem / (tauSyn - tauMem));
  return (variables, drive, t) => {
    const [v, g, a] = [variable(variables, 'v'), variable(variables, 'input'), variable(variables, 'a')];
    const shared = tf.add(tf.mul(g, (height / tauMem) * common), tf.mul(a, ((-afterpotential * vTh) / tauSyn) * common));
    const after = tf.add(tf.add(tf.mul(v, membrane), shared), drive);
    const spikes = firing(tf.greater(after, vTh), heldIn(variables, t));
    return {
      spikes,
      variables: {
        v: atSpikes(spikes, spikeHeight * vTh, after),
        until: pausedAfter(variables, spikes, t, Math.round(tauRefractory / dt)),
        input: atSpikes(spikes, 0, flush(tf.mul(g, synapse))),
        a: atSpikes(spikes, 1, flush(tf.mul(a, synapse))),
      },
    };
  };
}
