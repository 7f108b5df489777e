import { expect, it } from 'vitest';
import { joinRecords } from '../../src/circuits/joinRecords.js';
import { type Circuit, type Environment, interact, run } from '../../src/entries/circuits.js';
import { start } from './started.js';

const circuit: Circuit = {
  dt: 1,
  seed: 5,
  populations: { in: { size: 20, source: 'poisson', rate: 100 }, e: { size: 4, neuron: 'integrateAndFire' } },
  projections: { in: { from: 'in', to: 'e', weight: 0.3, rule: { rule: 'pairStdp' } } },
  records: { spikes: ['e'], rates: { of: ['e'], every: 4 } },
};

/** Turns of 3, 4, 5 … steps, at rates that follow what was seen. */
const environment: Environment<readonly number[]> = {
  init: [],
  act: (seen) => ({ steps: 3 + seen.length, input: { rates: { in: 100 + 10 * seen.length } } }),
  see: (seen, { spikes }, step) => [...seen, step + (spikes['e']?.step.length ?? 0)],
};

it('turns give the bits of runs with what the environment gives, and no state changes', () => {
  const begun = start(circuit);
  const before = structuredClone(begun);
  let [state, memory] = [begun, environment.init];
  const taken = Array.from({ length: 6 }, () => {
    const { steps, input } = environment.act(memory);
    const [next, records] = run(circuit, state, steps, input);
    [state, memory] = [next, environment.see(memory, records, next.step)];
    return records;
  });
  expect(interact(circuit, environment, [begun, environment.init], 6)).toEqual([[state, memory], joinRecords(taken)]);
  const [half] = interact({ ...circuit }, environment, [begun, environment.init], 2);
  const [whole] = interact(circuit, environment, half, 4);
  expect(whole).toEqual([state, memory]);
  expect(begun).toEqual(before);
});

it('refuses what an environment gives in its own name, and the state is still there', () => {
  const begun = start(circuit);
  const wild: Environment<number> = {
    init: 0,
    act: (turn) => ({ steps: 1, input: { reward: turn < 2 ? 0 : Number.NaN } }),
    see: (turn) => turn + 1,
  };
  expect(() => interact(circuit, wild, [begun, wild.init], 5)).toThrow('interact: input.reward must be a finite number');
  expect(run(circuit, begun, 5)).toEqual(run({ ...circuit }, structuredClone(begun), 5));
});
