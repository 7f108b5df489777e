import { describe, expect, it } from 'vitest';
import type { Circuit, RecordSpec } from '../../src/circuits/circuit.js';
import type { CircuitRecords } from '../../src/circuits/circuitState.js';
import { addToTally, emptyTally, variations } from '../../src/circuits/tally.js';

const records: RecordSpec = { spikes: ['cells'] };
const circuit: Circuit = { dt: 1, populations: { cells: { size: 2, neuron: 'lif' } }, records };

const seen = (spikes: readonly (readonly [step: number, neuron: number])[]): CircuitRecords => ({
  spikes: { cells: { step: Int32Array.from(spikes, ([step]) => step), neuron: Int32Array.from(spikes, ([, neuron]) => neuron) } },
  rates: { cells: { step: Int32Array.from(spikes, ([step]) => step), values: new Float32Array(spikes.length), width: 1 } },
  weights: {},
});
const train = [3, 5, 9, 17, 33].map((step) => [step, 0] as const);

describe('a tally', () => {
  it('is the same whatever parts the records come in', () => {
    const whole = addToTally(emptyTally(circuit), seen(train), 9);
    for (const cut of [1, 2, 4]) {
      const parts = addToTally(emptyTally(circuit), seen(train.slice(0, cut)), 9);
      expect(addToTally(parts, seen(train.slice(cut)), 9)).toEqual(whole);
    }
    expect(Array.from(whole.recent['cells']?.step ?? [])).toEqual([9, 17, 33]);
  });

  it('tells the variation of intervals 2, 4, 8, 16: √(85 − 7.5²)/7.5, and none of a silent neuron', () => {
    const { populations } = addToTally(emptyTally(circuit), seen(train), 0);
    const [first, silent] = populations['cells'] === undefined ? [] : variations(populations['cells']);
    expect(first).toBeCloseTo(Math.sqrt(85 - 7.5 ** 2) / 7.5, 12);
    expect(silent).toBeNaN();
    expect(Array.from(populations['cells']?.lengths.subarray(0, 6) ?? [])).toEqual([0, 1, 1, 1, 1, 0]);
  });
});
