import { right } from 'fp-ts/lib/Either.js';
import { refuse } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../../core/params/schema.js';
import { aRecord, type Check, scalar } from '../../core/params/validation.js';
import { currentReceptors, type Receptors } from './receptors.js';

const fields = {
  /** How fast u follows, 1/ms. Default 0.02. */
  a: param(0.02, scalar),
  /** How much of v it follows. Default 0.2. */
  b: param(0.2, scalar),
  /** Potential after a spike, mV. Default −65. */
  c: param(-65, scalar),
  /** What a spike adds to u. Default 8. */
  d: param(8, scalar),
  /** A neuron fires that has reached it, mV. Default 30. */
  vPeak: param(30, scalar),
  /** Steady current. Default 0. */
  current: param(0, scalar),
  /** Receptors by name: currents that decay with `tau`, ms; with `tau` 0 they flow in the next step alone. Default `input` 0. */
  receptors: param<Receptors, Receptors>({ input: { tau: 0 } }, aRecord as Check<Receptors>),
};

/**
 * Parameters of `'izhikevich'` neurons, v in mV and t in ms:
 *
 *     dv/dt = 0.04·v² + 5·v + 140 − u + Σ I + current        du/dt = a·(b·v − u)        v ≥ vPeak: v = c, u += d
 *
 * A step is two halves of v, then one of u with the new v.
 *
 * Source: Izhikevich 2003.
 */
export interface IzhikevichNeuronParams extends ParamsOf<typeof fields> {}

const resetBelowPeak: Relation<{ readonly c: number; readonly vPeak: number }> = ({ c, vPeak }, where) =>
  c < vPeak ? right(undefined) : refuse(where, 'c', `must be below vPeak, got ${c} and ${vPeak}`);

/** What completes and checks {@link IzhikevichNeuronParams}. */
export const izhikevichNeuron = paramsSchema<IzhikevichNeuronParams>('izhikevich', fields, currentReceptors, resetBelowPeak);
