import type { Rate } from '../population.js';

/** Rates of a Poisson population: the largest, and how far below it neurons and times are. */
export interface Rates {
  /** The largest rate, Hz. */
  readonly most: number;
  /** Share of each neuron. */
  readonly share?: Float32Array;
  /** Factor at a time in ms. */
  readonly course?: (time: number) => number;
}

/** What is drawn for a rate. */
export function ratesOf(rate: Rate | Float32Array): Rates {
  if (typeof rate === 'number') return { most: rate };
  if (rate instanceof Float32Array) return perNeuron(rate);
  if ('from' in rate) return inPieces(rate.from);
  if ('sine' in rate) {
    const { mean, amplitude, frequency } = rate.sine;
    const most = Math.max(0, mean + Math.abs(amplitude));
    const rateAt = (time: number) => mean + amplitude * Math.sin((2 * Math.PI * frequency * time) / 1000);
    return { most, course: (time) => Math.max(0, rateAt(time)) / (most || 1) };
  }
  return perNeuron(Float32Array.from(rate));
}

function perNeuron(rates: Float32Array): Rates {
  const most = rates.reduce((largest, rate) => Math.max(largest, rate), 0);
  return { most, share: rates.map((rate) => rate / (most || 1)) };
}

function inPieces(pieces: readonly (readonly [time: number, rate: number])[]): Rates {
  const most = pieces.reduce((largest, [, rate]) => Math.max(largest, rate), 0);
  const rateAt = (time: number) => pieces.reduce((rate, [from, next]) => (from <= time ? next : rate), 0);
  return { most, course: (time) => rateAt(time) / (most || 1) };
}
