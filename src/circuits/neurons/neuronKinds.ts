import { orThrow, type Validated } from '../../core/errors.js';
import type { Schema } from '../../core/params/schema.js';
import type { NeuronKind, NeuronPopulation } from '../population.js';
import { type AdaptiveLifNeuronParams, adaptiveLifNeuron } from './adaptiveLif.js';
import { type AdExNeuronParams, adExNeuron } from './adEx.js';
import { type CondLifNeuronParams, condLifNeuron } from './condLif.js';
import { type IntegrateAndFireNeuronParams, integrateAndFireNeuron } from './integrateAndFire.js';
import { type IzhikevichNeuronParams, izhikevichNeuron } from './izhikevich.js';
import { type LifNeuronParams, lifNeuron } from './lif.js';
import type { Receptors } from './receptors.js';
import { type SpikeResponseNeuronParams, spikeResponseNeuron } from './spikeResponse.js';

/** The parameters of each kind of neurons. */
export interface NeuronKindParams {
  readonly lif: LifNeuronParams;
  readonly condLif: CondLifNeuronParams;
  readonly adaptiveLif: AdaptiveLifNeuronParams;
  readonly adEx: AdExNeuronParams;
  readonly izhikevich: IzhikevichNeuronParams;
  readonly integrateAndFire: IntegrateAndFireNeuronParams;
  readonly spikeResponse: SpikeResponseNeuronParams;
}

/** What completes and checks the parameters of each kind. */
export const neuronSchemas: { readonly [Kind in NeuronKind]: Schema<NeuronKindParams[Kind]> } = {
  lif: lifNeuron,
  condLif: condLifNeuron,
  adaptiveLif: adaptiveLifNeuron,
  adEx: adExNeuron,
  izhikevich: izhikevichNeuron,
  integrateAndFire: integrateAndFireNeuron,
  spikeResponse: spikeResponseNeuron,
};

/** Whether neurons of a name are among {@link NeuronKindParams}; others are of one's own. */
export const isNeuronKind = (name: string): name is NeuronKind => Object.hasOwn(neuronSchemas, name);

/** Neurons by their kind, with complete parameters. */
export type NeuronModel = {
  readonly [Kind in NeuronKind]: { readonly kind: Kind; readonly params: NeuronKindParams[Kind] };
}[NeuronKind];

/** The model of a population of one of the known kinds; undefined where it is one of one's own. */
export function neuronModel({ neuron, params }: NeuronPopulation): NeuronModel | undefined {
  if (!isNeuronKind(neuron)) return undefined;
  const complete: Validated<NeuronKindParams[NeuronKind]> = neuronSchemas[neuron].validate(params);
  return { kind: neuron, params: orThrow(complete) } as NeuronModel;
}

/** What a variable begins with: a value, or what follows from v. */
export type FirstValue = number | ((v: number) => number);

/** First values of the variables of neurons at rest, without `until`: v first, then receptors. */
export function restOf(model: NeuronModel): { readonly [variable: string]: FirstValue } {
  const silent = Object.fromEntries(Object.keys(receptorsOf(model)).map((name) => [name, 0]));
  switch (model.kind) {
    case 'lif':
    case 'condLif':
      return { v: model.params.vRest, ...silent };
    case 'adaptiveLif':
      return { v: model.params.vRest, ...silent, theta: 0 };
    case 'adEx':
      return { v: model.params.vRest, ...silent, w: 0 };
    case 'izhikevich': {
      const { b, c } = model.params;
      return { v: c, ...silent, u: (v) => b * v };
    }
    case 'integrateAndFire':
      return { v: model.params.vReset, ...silent };
    case 'spikeResponse':
      return { v: 0, ...silent, a: 0 };
  }
}

/** The receptors of neurons, in the order of their parameters. */
export const receptorsOf = (model: NeuronModel): Receptors =>
  model.kind === 'spikeResponse' ? { input: { tau: model.params.tauSyn } } : model.params.receptors;
