import { floatAt } from '../../core/at.js';

// Weights of neurons that race are [neurons, inputs] for everybody else. The kernels want four neurons of different classes side by side,
// a unit; units of the same classes follow each other, and where classes end, lanes are 0.

/** How many neurons, and of each class, one class after the other. */
interface Neurons {
  readonly neurons: number;
  readonly perClass: number;
}

/** Units of so many neurons. */
export const unitsOf = ({ neurons, perClass }: Neurons): number => Math.ceil(neurons / perClass / 4) * perClass;

/** Calls for each value of each neuron with its index for everybody else, and for the kernels. */
function eachValue({ neurons, perClass }: Neurons, size: number, visit: (ours: number, theirs: number) => void): void {
  for (let neuron = 0; neuron < neurons; neuron++) {
    const own = Math.floor(neuron / perClass);
    const unit = Math.floor(own / 4) * perClass + (neuron % perClass);
    for (let index = 0; index < size; index++) visit(neuron * size + index, 4 * (unit * size + index) + (own % 4));
  }
}

/** Values `[neurons, size]` as `[units, size, 4]`. */
export function inUnits(values: Float32Array, sizes: Neurons): Float32Array {
  const size = values.length / sizes.neurons;
  const units = new Float32Array(4 * unitsOf(sizes) * size);
  eachValue(sizes, size, (ours, theirs) => {
    units[theirs] = floatAt(values, ours);
  });
  return units;
}

/** {@link inUnits} back. */
export function outOfUnits(units: Float32Array, sizes: Neurons): Float32Array {
  const size = units.length / unitsOf(sizes) / 4;
  const values = new Float32Array(sizes.neurons * size);
  eachValue(sizes, size, (ours, theirs) => {
    values[ours] = floatAt(units, theirs);
  });
  return values;
}
