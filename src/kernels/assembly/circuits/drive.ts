import { at } from '../lanes';
import { even, normal } from './noise';
import { Circuit, Population } from './records';

/** What comes from outside into each neuron in a step: the currents that were given, and noise. */
export function drive(circuit: Circuit, p: Population, t: i32): void {
  const bytes = (<usize>p.size) << 2;
  if (p.currents !== 0) memory.copy(p.drive, p.currents + <usize>(t - circuit.inputFrom) * <usize>p.currentsPace, bytes);
  else memory.fill(p.drive, 0, bytes);
  if (p.noise === 0) return;
  for (let group = 0; at(0, 4 * group) < bytes; group += 4) {
    if (p.noise === 1) even(circuit, p, t, group);
    else normal(circuit, p, t, group);
  }
}
