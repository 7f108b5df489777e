import * as tf from '@tensorflow/tfjs-core';
import { at } from '../at.js';
import { ensure, orThrow, type Validated } from '../errors.js';
import { memoize } from '../memoize.js';
import { toFloat } from '../tensors.js';
import { perNeuronCheck } from './perNeuron.js';

/**
 * What completes and checks the parameters of a step: the record once; and at each call whether the values that it holds for each
 * neuron are as many as there are neurons, and its tensors still there.
 *
 * @param validate  the smart constructor of the parameters.
 * @param perInput  names of those that belong to the inputs where a layer has both; all others belong to `shape`.
 * @returns of the record as it was given and the shape of the neurons (and that of the inputs), the complete parameters.
 */
export function neuronParams<Params extends object>(
  where: string,
  validate: (given: Partial<Params> | undefined, where: string) => Validated<Params>,
  perInput: readonly string[] = [],
): (given: Partial<Params> | undefined, shape: readonly number[], inputs?: readonly number[]) => Params {
  const complete = memoize((given?: Partial<Params>) => {
    const params = orThrow(validate(given, where));
    const several = Object.entries(params).filter(([, value]: [string, unknown]) => typeof value === 'object');
    return { params, several, check: perNeuronCheck(where, params, perInput) };
  });
  return (given, shape, inputs = shape) => {
    const { params, several, check } = complete(given);
    check({ inputs: neuronsOf(inputs), outputs: neuronsOf(shape), weightShape: shape });
    const changed = several.flatMap(([name, value]: [string, unknown]) => {
      const isSingle = (perInput.includes(name) ? inputs : shape).length === 0;
      const isList = !(value instanceof tf.Tensor) || value.rank > 0;
      ensure(!isSingle || !isList, where, name, () => 'must be one number: there is a single neuron, of shape []');
      const float = value instanceof tf.Tensor ? toFloat(value, where, name) : value;
      return float === value ? [] : [[name, float] as const];
    });
    return changed.length === 0 ? params : { ...params, ...Object.fromEntries(changed) };
  };
}

/** How many neurons a layer of this shape has along its last axis: one where it has no axes. */
const neuronsOf = (shape: readonly number[]): number => (shape.length === 0 ? 1 : at(shape, -1));
