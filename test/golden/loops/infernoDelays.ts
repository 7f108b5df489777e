import type { GoldenCase } from '../load.js';
import { at, map, type Numbers, numbers, parts, read, zeros } from './numbers.js';
import { taps } from './wiring.js';

/** Where a time before now lies in a record: so many samples back, and how long after that sample. */
export function lookUp(time: number, dt: number, tolerance: number): { readonly back: number; readonly elapsed: number } {
  const whole = Math.round(time / dt);
  if (Math.abs(dt * whole - time) <= tolerance) return { back: whole, elapsed: 0 };
  const back = Math.ceil(time / dt);
  return { back, elapsed: dt * back - time };
}

/** The sample `back` steps before the last of a record; before the beginning there is the fill value. */
export const recall = (record: readonly Numbers[], back: number, fill: number, ...index: number[]): number => {
  const sample = record[record.length - 1 - back];
  return sample === undefined ? fill : at(sample, ...index);
};

/** The delays of a case, if its connection has any. */
export const delaysOf = ({ inputs }: GoldenCase): Numbers | undefined =>
  inputs.delay === undefined || inputs.delay === null ? undefined : read(inputs.delay);

/** How far back a synapse looks into the record of raw spikes when the spikes reach it, in samples. */
export function heldBack({ params }: GoldenCase, delay: number): number {
  const { back, elapsed } = lookUp(delay, params.dt, params.synapse_interp_tol ?? 0);
  return params.synapse_interp_mode === 'nearest' && elapsed / params.dt > 0.5 ? back - 1 : back;
}

/** What every synapse knows of its input at each step: [batch, out, positions, taps]. */
export type Seen = readonly Numbers[];

/** The input layer as its synapses see it: the spikes that reach them, and traces of them. */
export interface Inputs {
  readonly spikes: Seen;
  traces(tau: number, amplitude: number): Seen;
}

/** A trace of Inferno, one step later. */
export const traceStep = (
  trace: Numbers,
  spikes: Numbers,
  { dt, trace_mode: mode }: GoldenCase['params'],
  tau: number,
  amplitude: number,
) =>
  map(trace, (x, ...n) => {
    const [left, s] = [x * Math.exp(-dt / tau), at(spikes, ...n)];
    return mode === 'nearest' ? (s > 0 ? amplitude : left) : left + amplitude * s;
  });

/** A series of traces of a series of spikes. */
export function tracesOf(spikes: Seen, params: GoldenCase['params'], tau: number, amplitude: number): Seen {
  let trace = zeros(spikes[0]?.shape ?? []);
  return spikes.map((now) => {
    trace = traceStep(trace, now, params, tau, amplitude);
    return trace;
  });
}

export function inputsOf(golden: GoldenCase): Inputs {
  const { params, inputs } = golden;
  const delay = delaysOf(golden);
  const raw = parts(read(inputs.pre));
  const shape = inputs.weight.shape;
  const out = shape[0];
  const spread = (rows: Numbers) => {
    const [batch = 0, positions = 0, count = 0] = rows.shape;
    return numbers([batch, out, positions, count], (b, _, p, k) => at(rows, b, p, k));
  };
  if (delay === undefined) {
    const spikes = raw.map((pre) => spread(taps(pre, shape, params)));
    return { spikes, traces: (tau, amplitude) => tracesOf(spikes, params, tau, amplitude) };
  }
  const perSynapse = (value: (time: number, b: number, o: number, i: number) => number) =>
    raw.map(({ shape: [batch = 0, count = 0] }, time) => numbers([batch, out, 1, count], (b, o, _, i) => value(time, b, o, i)));
  if (!params.delayed) {
    // The connection holds the spikes back; the trainer sees them as they arrive.
    const spikes = perSynapse((time, b, o, i) => recall(raw.slice(0, time + 1), heldBack(golden, at(delay, o, i)), 0, b, i));
    return { spikes, traces: (tau, amplitude) => tracesOf(spikes, params, tau, amplitude) };
  }
  // The trainer keeps its own record of what the inputs sent, and of their traces, and looks back into it.
  const found = (o: number, i: number) => lookUp(at(delay, o, i), params.dt, params.interp_tolerance);
  return {
    spikes: perSynapse((time, b, o, i) => recall(raw.slice(0, time + 1), found(o, i).back, 0, b, i)),
    traces: (tau, amplitude) => {
      const traces = tracesOf(raw, params, tau, amplitude);
      return perSynapse((time, b, o, i) => {
        const { back, elapsed } = found(o, i);
        return recall(traces.slice(0, time + 1), back, 0, b, i) * Math.exp(-elapsed / tau);
      });
    },
  };
}
