import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, golden, map, type Numbers, numbers, parts, read, series, total, zeros } from './numbers.js';

/** Leaky integrators, and with `v_th` neurons that fire: spikes, potentials and currents after each step. */
function neurons({ params, inputs }: GoldenCase) {
  const { dt, tau_syn_inv: synapse, tau_mem_inv: membrane, v_leak: leak, v_th: threshold, v_reset: reset } = params;
  const project = (x: Numbers, weights: GoldenTensor | undefined): Numbers => {
    if (weights === undefined) return x;
    const w = read(weights);
    const [out = 0, ins = 0] = w.shape;
    return numbers([x.shape[0] ?? 0, out], (b, o) => total(ins, (i) => at(x, b, i) * at(w, o, i)));
  };
  let [v, i] = [read(inputs.v0), read(inputs.i0)];
  let z = inputs.z0 === undefined ? zeros(v.shape) : read(inputs.z0);
  return parts(read(inputs.x)).map((x) => {
    const driven = project(x, inputs.input_weights);
    const echoed = inputs.recurrent_weights === undefined ? zeros(v.shape) : project(z, inputs.recurrent_weights);
    const jumped = map(i, (current, ...n) => current + at(driven, ...n) + at(echoed, ...n));
    const u = map(v, (potential, ...n) => potential + dt * membrane * (leak - potential + at(jumped, ...n)));
    const margin = map(u, (potential) => potential - threshold);
    i = map(jumped, (current) => current - dt * synapse * current);
    z = map(u, (potential) => (threshold !== undefined && potential > threshold ? 1 : 0));
    v = map(u, (potential, ...n) => (at(z, ...n) === 1 ? reset : potential));
    return { z, v, i, margin };
  });
}

/** By how much each neuron exceeds its threshold in the first step. */
export const firstMargins = (given: GoldenCase): readonly number[] => neurons(given)[0]?.margin.data ?? [];

const expected = (given: GoldenCase) => {
  const after = neurons(given);
  return {
    ...(given.params.v_th !== undefined && { z: series(after.map(({ z }) => z)) }),
    v: series(after.map(({ v }) => v)),
    i: series(after.map(({ i }) => i)),
  };
};

function drawn(dice: Dice, { weights, fires }: { readonly weights: boolean; readonly fires: boolean }) {
  const [steps, batch, count] = [dice.integer(1, 12), dice.integer(1, 3), dice.integer(1, 5)];
  const width = weights ? dice.integer(1, 5) : count;
  const recurrent = weights && fires;
  return {
    params: {
      ...{ tau_syn_inv: dice.number(20, 250), tau_mem_inv: dice.number(20, 250), v_leak: dice.number(-0.2, 0.2) },
      ...(fires && { v_th: dice.number(0.3, 0.8), v_reset: dice.number(-0.2, 0.1) }),
      dt: dice.one(0.001, 0.002, 0.0005),
    },
    inputs: {
      x: dice.values([steps, batch, width], -0.5, 1.5),
      ...(weights && { input_weights: dice.values([count, width], -0.3, 1) }),
      ...(recurrent && { recurrent_weights: dice.values([count, count], -0.5, 0.5), z0: dice.spikes([batch, count]) }),
      ...{ v0: dice.values([batch, count], -0.2, 0.2), i0: dice.values([batch, count], 0, 0.5) },
    },
  };
}

/** Potentials that land on the threshold, and above it by less than float32 can tell. */
function onThreshold(dice: Dice) {
  const [threshold, shape] = [dice.one(0.25, 0.5, 0.7, 1.5), [dice.integer(1, 3), dice.integer(1, 4)]];
  const i0 = golden(numbers(shape, () => 2 * threshold * dice.one(1, 1 + 2 ** -30, 1 - 2 ** -30)));
  return {
    params: { ...{ tau_syn_inv: 0, tau_mem_inv: 500, v_leak: 0, v_th: threshold, v_reset: 0, dt: 0.001 } },
    inputs: { x: golden(zeros([dice.integer(1, 6), ...shape])), v0: golden(zeros(shape)), i0 },
  };
}

export const lif: Loops = { expected, draw: (dice) => drawn(dice, { weights: true, fires: true }) };
export const lifFeedForward: Loops = {
  expected,
  draw: (dice) => (dice.chance(0.3) ? onThreshold(dice) : drawn(dice, { weights: false, fires: true })),
};
export const li: Loops = { expected, draw: (dice) => drawn(dice, { weights: true, fires: false }) };
export const liFeedForward: Loops = { expected, draw: (dice) => drawn(dice, { weights: false, fires: false }) };

/** Traces of an STDP sensor, with the inverse time constants that are given. */
export function sensorTraces({ params, inputs }: GoldenCase, preInverse: number, postInverse: number) {
  const follow = (spikes: GoldenTensor, inverse: number, height: number) => {
    let trace = zeros(spikes.shape.slice(1));
    return series(
      parts(read(spikes)).map((z) => {
        trace = map(trace, (a, ...n) => a * (1 - params.dt * inverse) + height * at(z, ...n));
        return trace;
      }),
    );
  };
  return { a_pre: follow(inputs.z_pre, preInverse, params.eta_p), a_post: follow(inputs.z_post, postInverse, params.eta_m) };
}

export const sensor: Loops = {
  // The peer never reads tau_ac_inv.
  expected: (given) => sensorTraces(given, given.params.tau_c_inv, given.params.tau_c_inv),
  draw: (dice) => {
    const [steps, batch] = [dice.integer(1, 9), dice.integer(1, 3)];
    const z = () => dice.spikes([steps, batch, dice.integer(1, 5)]);
    return {
      params: {
        ...{ eta_p: dice.number(0.2, 2), eta_m: dice.number(0.2, 2) },
        ...{ tau_ac_inv: dice.number(5, 60), tau_c_inv: dice.number(5, 60), dt: dice.one(0.001, 0.004) },
      },
      inputs: { z_pre: z(), z_post: z() },
    };
  },
};
