import type { Loops } from '../form.js';
import type { GoldenCase } from '../load.js';
import { nodeTrace } from './bindsnet.js';
import { at, golden, map, type Numbers, numbers, parts, read, series, total, zeros } from './numbers.js';

/** Constants of BindsNET's LIF nodes; with `theta_plus` those of Diehl and Cook. */
interface Nodes {
  readonly dt: number;
  readonly rest: number;
  readonly reset: number;
  readonly thresh: number;
  readonly refrac: number;
  readonly tc_decay: number;
  readonly theta_plus?: number;
  readonly tc_theta_decay?: number;
}

/** Nodes that keep their own state: each call is a step. */
function nodes(given: Nodes, shape: readonly number[]) {
  const { dt, rest, reset, thresh, refrac, tc_decay: tau, theta_plus: rise = 0, tc_theta_decay: tauTheta = 1 } = given;
  const [batch = 0, ...layer] = shape;
  let v = numbers(shape, () => rest);
  let [deaf, theta] = [zeros(shape), zeros(layer)];
  return (input: Numbers) => {
    theta = map(theta, (raised) => raised * Math.exp(-dt / tauTheta));
    const u = map(v, (potential, ...n) => {
      const heard = at(deaf, ...n) <= 0 ? at(input, ...n) : 0;
      return Math.exp(-dt / tau) * (potential - rest) + rest + heard;
    });
    const raised = theta;
    const s = map(u, (potential, _, ...n) => (potential >= thresh + at(raised, ...n) ? 1 : 0));
    deaf = map(deaf, (left, ...n) => (at(s, ...n) === 1 ? refrac : left - dt));
    v = map(u, (potential, ...n) => (at(s, ...n) === 1 ? reset : potential));
    theta = map(theta, (raised, ...n) => raised + rise * total(batch, (b) => at(s, b, ...n)));
    return { s, v, theta };
  };
}

export const fromCurrents: Loops = {
  expected: ({ params, inputs }) => {
    const shape = inputs.x.shape.slice(1);
    const step = nodes(params, shape);
    let trace = zeros(shape);
    const after = parts(read(inputs.x)).map((x) => {
      const found = step(x);
      trace = nodeTrace(trace, found.s, params.dt, params.tc_trace);
      return { ...found, trace };
    });
    return {
      s: series(after.map(({ s }) => s)),
      v: series(after.map(({ v }) => v)),
      trace: series(after.map(({ trace }) => trace)),
      theta: series(after.map(({ theta }) => theta)),
    };
  },
  draw: (dice) => {
    const dt = dice.one(0.5, 1, 2);
    const adaptive = dice.chance(0.5) && { theta_plus: dice.number(0.05, 2), tc_theta_decay: dice.number(20, 200), one_spike: 0 };
    const shape = [dice.integer(1, 30), dice.integer(1, 3), dice.integer(1, 5)];
    return {
      params: {
        ...{ thresh: -52, rest: -65, reset: dice.one(-65, -60, -70), refrac: dt * dice.integer(0, 6), dt },
        ...{ tc_decay: dice.number(20, 100), tc_trace: dice.number(5, 30), ...adaptive },
      },
      inputs: { x: dice.values(shape, 0, 9) },
    };
  },
};

export const network: Loops = {
  expected: ({ params, inputs }: GoldenCase) => {
    const { dt, nu, n_neurons: count, wmin, wmax, exc, inh, norm, theta_plus, tc_theta_decay, Ae, Ai, X } = params;
    const excitatory = nodes({ ...Ae, dt, theta_plus, tc_theta_decay }, [1, count]);
    const inhibitory = nodes({ ...Ai, dt }, [1, count]);
    let w = read(inputs.w);
    let [sX, sE, sI] = [zeros(inputs.x.shape.slice(1)), zeros([1, count]), zeros([1, count])];
    let [xX, xE] = [sX, sE];
    const after = parts(read(inputs.x)).map((x) => {
      const [x0, e0, i0, before] = [sX, sE, sI, w];
      const [ins = 0] = w.shape;
      const toE = map(e0, (_, b, n) => {
        const inhibited = inh * total(count, (m) => (m === n ? 0 : at(i0, b, m)));
        return total(ins, (i) => at(x0, b, i) * at(before, i, n)) - inhibited;
      });
      const [e, i] = [excitatory(toE), inhibitory(map(e0, (s) => s * exc))];
      [sX, sE, sI] = [x, e.s, i.s];
      [xX, xE] = [nodeTrace(xX, x, dt, X.tc_trace), nodeTrace(xE, e.s, dt, Ae.tc_trace)];
      const [traceX, traceE] = [xX, xE];
      w = map(w, (weight, i, n) => {
        const change = nu[1] * at(traceX, 0, i) * at(e.s, 0, n) - nu[0] * at(x, 0, i) * at(traceE, 0, n);
        return Math.min(Math.max(weight + change, wmin), wmax);
      });
      return { e, i };
    });
    const learnt = w;
    const [ins = 0] = w.shape;
    const scale = (n: number) => norm / total(ins, (i) => Math.abs(at(learnt, i, n)));
    return {
      ...{ sE: series(after.map(({ e }) => e.s)), vE: series(after.map(({ e }) => e.v)) },
      thetaE: series(after.map(({ e }) => e.theta)),
      ...{ sI: series(after.map(({ i }) => i.s)), vI: series(after.map(({ i }) => i.v)) },
      w_before_normalize: golden(learnt),
      w_after_normalize: golden(map(learnt, (weight, _, n) => weight * scale(n))),
    };
  },
  draw: (dice) => {
    const [n_inpt, n_neurons, dt] = [dice.integer(2, 20), dice.integer(1, 5), dice.one(0.5, 1)];
    const node = (more: object) => ({ ...more, refrac: dt * dice.integer(1, 6) });
    return {
      params: {
        ...{ n_inpt, n_neurons, exc: dice.number(15, 25), inh: dice.number(5, 20), dt, norm: dice.number(2, 20) },
        ...{ nu: [dice.number(0.001, 0.05), dice.number(0.001, 0.05)], theta_plus: dice.number(0.05, 1) },
        tc_theta_decay: dice.one(1e7, 1000),
        Ae: node({ rest: -65, reset: -60, thresh: -52, tc_decay: dice.number(50, 120), tc_trace: dice.number(5, 30) }),
        Ai: node({ rest: -60, reset: -45, thresh: -40, tc_decay: dice.number(5, 20) }),
        ...{ X: { tc_trace: dice.number(5, 30) }, wmin: 0, wmax: 1 },
      },
      inputs: { x: dice.spikes([dice.integer(5, 40), 1, n_inpt]), w: dice.values([n_inpt, n_neurons], 0.2, 1) },
    };
  },
};
