import * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../../core/errors.js';
import { neuronModel } from '../neurons/neuronKinds.js';
import { ownNeurons } from '../neurons/registerNeuron.js';
import type { NeuronPopulation } from '../population.js';
import { conductanceStep } from './conductanceStep.js';
import { currentStep } from './currentStep.js';
import { izhikevichStep } from './izhikevichStep.js';
import { spikeResponseStep } from './spikeResponseStep.js';
import type { NeuronStep } from './values.js';

/** The step of a population. */
export function neuronStep(population: NeuronPopulation, dt: number): NeuronStep {
  const model = neuronModel(population);
  if (model === undefined) return ownStep(population, dt);
  switch (model.kind) {
    case 'lif':
    case 'integrateAndFire':
      return currentStep(model, dt);
    case 'condLif':
    case 'adaptiveLif':
    case 'adEx':
      return conductanceStep(model, dt);
    case 'izhikevich':
      return izhikevichStep(model.params, dt);
    case 'spikeResponse':
      return spikeResponseStep(model.params, dt);
  }
}

function ownStep({ neuron, params = {}, size }: NeuronPopulation, dt: number): NeuronStep {
  const own = ownNeurons.get(neuron);
  ensure(own !== undefined, 'runComposed', 'neuron', () => `'${neuron}' is not registered here`);
  const names = Object.keys(own.variables);
  return (variables, current) => {
    const next = own.step(variables, { current, dt, params });
    for (const [name, tensor] of [
      ...names.map((name) => [name, next.variables[name]] as const),
      ['spikes', next.spikes] as const,
    ]) {
      const fits = tensor instanceof tf.Tensor && tensor.size === size;
      ensure(fits, 'runComposed', `${neuron}.${name}`, () => `must be a tensor [${size}] after a step`);
    }
    return next;
  };
}
