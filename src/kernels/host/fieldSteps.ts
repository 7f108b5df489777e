import { at } from '../../core/at.js';

/** A field that a value excites less than this is silent. */
const least = 0.1;

/** Standard deviation of a field, in distances between two of them. */
const width = 1 / 1.5;

/**
 * Steps of spikes of values, a byte each, in `fields` Gaussian fields: the nearer the value to the centre of a field, the earlier its spike. With
 * x = v/255 and M fields, those of a value beside each other,
 *
 *     aₘ = exp(−½ ((x − m/(M − 1)) / σ)²),  σ = 1/(1.5 · (M − 1)),  m = 0 … M − 1
 *
 * @returns `⌊(1 − aₘ) · bins⌋`, and `bins`, which is none, where aₘ < 0.1.
 *
 * Source: S. M. Bohte, J. N. Kok, H. La Poutré, "Error-backpropagation in temporally encoded networks of spiking neurons", 2002.
 */
export function fieldSteps(values: Uint8Array, fields: number, bins: number): Uint8Array {
  const stepOf = (value: number, field: number): number => {
    const distance = ((value / 255) * (fields - 1) - field) / width;
    const excited = Math.exp(-0.5 * distance * distance);
    return excited < least ? bins : Math.floor((1 - excited) * bins);
  };
  const steps = Uint8Array.from({ length: 256 * fields }, (_, entry) => stepOf(Math.floor(entry / fields), entry % fields));
  const made = new Uint8Array(values.length * fields);
  for (let index = 0; index < values.length; index++) {
    const from = at(values, index) * fields;
    made.set(steps.subarray(from, from + fields), index * fields);
  }
  return made;
}
