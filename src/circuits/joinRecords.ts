import type { CircuitRecords, Series, SpikeList } from './circuitState.js';

/**
 * The records of runs that followed each other, as one run of all their steps would have given them.
 *
 * @param parts  in the order of time.
 * @example
 * const spikes = { cell: { step: Int32Array.of(7), neuron: Int32Array.of(0) } };
 * const records = { spikes, rates: {}, weights: {} };
 * joinRecords([records, records]).spikes;   // => { cell: { step: [7, 7], neuron: [0, 0] } }
 */
export function joinRecords(parts: readonly CircuitRecords[]): CircuitRecords {
  const voltage = parts.flatMap((part) => part.voltage ?? []);
  return {
    spikes: byName(
      parts.map(({ spikes }) => spikes),
      joinSpikes,
    ),
    rates: byName(
      parts.map(({ rates }) => rates),
      joinSeries,
    ),
    weights: byName(
      parts.map(({ weights }) => weights),
      joinSeries,
    ),
    ...(voltage.length > 0 && { voltage: joinSeries(voltage) }),
  };
}

/** Joins what has a name, for each name. */
function byName<T>(
  records: readonly { readonly [name: string]: T }[],
  join: (parts: readonly T[]) => T,
): { readonly [name: string]: T } {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return Object.fromEntries(names.map((name) => [name, join(records.flatMap((record) => record[name] ?? []))]));
}

const joinSpikes = (parts: readonly SpikeList[]): SpikeList => ({
  step: joinIntegers(parts.map(({ step }) => step)),
  neuron: joinIntegers(parts.map(({ neuron }) => neuron)),
});

function joinSeries(parts: readonly Series[]): Series {
  const values = new Float32Array(parts.reduce((length, part) => length + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { step: joinIntegers(parts.map(({ step }) => step)), values, width: Math.max(0, ...parts.map(({ width }) => width)) };
}

function joinIntegers(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
