import type { SpikeList } from '../../circuits/circuitState.js';
import { at, integerAt } from '../../core/at.js';

/** Spikes as they are drawn, in any order. */
export interface Spikes {
  readonly step: Int32Array;
  readonly neuron: Uint16Array;
  readonly count: number;
}

/** A list of spikes to be filled. */
export const room = (most: number): { readonly step: Int32Array; readonly neuron: Uint16Array } => ({
  step: new Int32Array(most),
  neuron: new Uint16Array(most),
});

/** In the order of time, in a step by neuron; two spikes of one neuron in one step are one. */
export function sorted(parts: readonly Spikes[], steps: number): SpikeList {
  const start = new Int32Array(steps + 1);
  for (const { step, count } of parts)
    for (let index = 0; index < count; index++)
      start[integerAt(step, index) + 1] = integerAt(start, integerAt(step, index) + 1) + 1;
  for (let step = 0; step < steps; step++) start[step + 1] = integerAt(start, step + 1) + integerAt(start, step);
  const next = start.slice();
  const neuron = new Int32Array(integerAt(start, steps));
  for (const { step, neuron: afferent, count } of parts)
    for (let index = 0; index < count; index++) {
      const place = integerAt(next, integerAt(step, index));
      next[integerAt(step, index)] = place + 1;
      neuron[place] = at(afferent, index);
    }
  const step = new Int32Array(neuron.length);
  let kept = 0;
  for (let now = 0; now < steps; now++) {
    const [from, to] = [integerAt(start, now), integerAt(start, now + 1)];
    neuron.subarray(from, to).sort();
    for (let index = from; index < to; index++) {
      if (index > from && neuron[kept - 1] === neuron[index]) continue;
      neuron[kept] = integerAt(neuron, index);
      step[kept++] = now;
    }
  }
  return { step: step.slice(0, kept), neuron: neuron.slice(0, kept) };
}
