import { describe, expect, it } from 'vitest';
import type { Projection } from '../../../src/circuits/projection.js';
import { at } from '../../../src/core/at.js';
import { type Heard, hear, pairsOf, weightsOf } from './pairedLayers.js';

// Every synapse stepped in every step, in float32, straight from the equations: the kernels, which touch those alone where something
// happens, must give the same bits.

const f = Math.fround;
const steps = 120;
const clamp = (w: number): number => Math.min(1, Math.max(0, w));
const flushed = (value: number): number => (Math.abs(value) > 1e-30 ? value : 0);

/** One step of a synapse: w from its traces, and whether a spike arrives or is fired. */
type Synapse = (w: number, x: number, y: number, arrives: number, fires: number, synapse: number, t: number) => number;

interface Traces {
  readonly pre: { readonly decay: number; readonly height: number };
  readonly post: { readonly decay: number; readonly height: number };
  readonly nearest?: boolean;
  /** The presynaptic trace from the latest spike by powers of its decay, not step by step. */
  readonly isLazy?: boolean;
}

/** The weights after all steps; traces are read without the present spikes. */
function stepped(
  { before, pre, post }: Heard,
  { pre: own, post: other, nearest = false, isLazy = false }: Traces,
  change: Synapse,
) {
  const w = weightsOf(before).slice();
  const pairs = pairsOf(before);
  const [x, y] = [new Float32Array(at(pre, 0).length), new Float32Array(at(post, 0).length)];
  const last = new Int32Array(x.length);
  const left = (age: number): number => flushed(f(f(own.decay ** (age & ~255)) * f(own.decay ** (age & 255))));
  const now = (i: number, t: number): number => (isLazy ? f(at(x, i) * left(t - at(last, i))) : at(x, i));
  for (let t = 0; t < steps; t++) {
    const [arrives, fires] = [at(pre, t), at(post, t)];
    if (!isLazy) for (const [i, value] of x.entries()) x[i] = flushed(f(value * own.decay));
    for (const [j, value] of y.entries()) y[j] = flushed(f(value * other.decay));
    pairs.forEach(([i, j], s) => {
      w[s] = change(at(w, s), now(i, t), at(y, j), at(arrives, i), at(fires, j), s, t);
    });
    for (const [i, spike] of arrives.entries()) {
      if (spike === 0) continue;
      x[i] = f((nearest ? 0 : now(i, t)) + own.height);
      last[i] = t;
    }
    for (const [j, spike] of fires.entries()) if (spike > 0) y[j] = f((nearest ? 0 : at(y, j)) + other.height);
  }
  return w;
}

const weight = { uniform: [0, 1] as const };
const ours = ({ after }: Heard) => weightsOf(after);
const exact = (tau: number) => ({ decay: f(Math.exp(-1 / tau)), height: 1 });
const learnedBy = (rule: Projection['rule'] & object): Omit<Projection, 'from' | 'to'> => ({ rule, weight, delay: 1 });

describe('what happens at spikes is, to the last bit, what stepping every synapse gives', () => {
  it.each(['source', 'neurons'] as const)('pairs, from %s', (from) => {
    const params = { etaPlus: 0.06, etaMinus: 0.05, tauPre: 20, tauPost: 12, integration: 'exact' };
    const heard = hear({ from, projection: learnedBy({ rule: 'pairStdp', params }) }, steps, 11);
    const traces = { pre: exact(20), post: exact(12), isLazy: from === 'source' };
    const [plus, minus] = [f(0.06), f(-0.05)];
    const expected = stepped(heard, traces, (w, x, y, arrives, fires) => {
      const amount = f((fires ? f(plus * x) : 0) + (arrives ? f(minus * y) : 0));
      return clamp(f(w + amount));
    });
    expect(ours(heard)).toEqual(expected);
  });

  it("pairs whose changes are soft, and Vogels' with what a spike takes off alone", () => {
    const soft = { etaPlus: 0.3, etaMinus: 0.2, tauPre: 20, tauPost: 12, integration: 'exact', weightDependence: 'soft' };
    const heard = hear({ from: 'neurons', projection: learnedBy({ rule: 'pairStdp', params: soft }) }, steps, 12);
    const traces = { pre: exact(20), post: exact(12) };
    const expected = stepped(heard, traces, (w, x, y, arrives, fires) => {
      const [up, down] = [f(1 - w), f(w - 0)];
      const raise = f(f(f(0.3) * f(up * down)) * (fires ? x : 0));
      const lower = f(f(f(0.2) * f(down * up)) * (arrives ? y : 0));
      return clamp(f(w + f(raise - lower)));
    });
    expect(ours(heard)).toEqual(expected);

    const vogels = { rule: 'vogelsStdp', params: { eta: 0.05, targetRate: 20, tau: 20, wMax: 1 } };
    const balanced = hear({ from: 'neurons', projection: learnedBy(vogels) }, steps, 13);
    const [eta, alone] = [f(0.05), f(-0.05 * ((2 * 20 * 20) / 1000))];
    const stepwise = stepped(balanced, { pre: exact(20), post: exact(20) }, (w, x, y, arrives, fires) => {
      const amount = f((fires ? f(eta * x) : 0) + (arrives ? f(f(eta * y) + alone) : 0));
      return clamp(f(w + amount));
    });
    expect(ours(balanced)).toEqual(stepwise);
  });

  it('pairs of nearest spikes that count once', () => {
    const params = { etaPlus: 0.3, etaMinus: 0.2, tauPre: 20, tauPost: 12, integration: 'exact', traceMode: 'restrictedNearest' };
    const heard = hear({ from: 'neurons', projection: learnedBy({ rule: 'pairStdp', params }) }, steps, 14);
    // For each synapse whether the latest spike of the one neuron is still to be paired with the other's.
    const [open, openPost] = [new Set<number>(), new Set<number>()];
    const traces = { pre: exact(20), post: exact(12), nearest: true };
    const expected = stepped(heard, traces, (w, x, y, arrives, fires, s) => {
      const amount = f((fires && open.has(s) ? f(f(0.3) * x) : 0) + (arrives && openPost.has(s) ? f(f(-0.2) * y) : 0));
      if (fires) open.delete(s);
      if (arrives) openPost.delete(s);
      if (arrives) open.add(s);
      if (fires) openPost.add(s);
      return clamp(f(w + amount));
    });
    expect(ours(heard)).toEqual(expected);
  });

  it('triplets', () => {
    const params = {
      etaPostPair: 0.02,
      etaPostTriplet: 0.05,
      etaPrePair: -0.04,
      tauPostSlow: 30,
      wMin: 0,
      wMax: 1,
      hardBound: true,
    };
    const heard = hear({ from: 'neurons', projection: learnedBy({ rule: 'tripletStdp', params }) }, steps, 15);
    const slow = new Map<number, number>(); // of each synapse, that of its postsynaptic neuron
    const traces = { pre: exact(16.8), post: exact(33.7) };
    const expected = stepped(heard, traces, (w, x, y, arrives, fires, s) => {
      const before = flushed(f((slow.get(s) ?? 0) * f(Math.exp(-1 / 30))));
      slow.set(s, f(before + fires));
      const plus = fires ? f(f(f(0.02) * x) + f(f(f(0.05) * x) * before)) : 0;
      const minus = arrives ? f(f(0.04) * y) : 0;
      return clamp(f(w + f(plus - minus)));
    });
    expect(ours(heard)).toEqual(expected);
  });

  it('eligibility that a reward turns into weight, every third step', () => {
    const params = { etaPlus: 0.06, etaMinus: 0.05, tauEligibility: 40, wMin: 0, wMax: 1, hardBound: true };
    const reward = { tau: 5, baseline: 0.1 };
    const rewards = Float32Array.from({ length: steps }, (_, t) => (t % 11 === 0 ? 1 : 0));
    const projection = learnedBy({ rule: 'eligibilityStdp', params, every: 3, reward });
    const heard = hear({ from: 'neurons', projection }, steps, 16, { reward: rewards });
    const level = new Float32Array(steps);
    rewards.forEach((came, t) => {
      level[t] = f(f((t > 0 ? at(level, t - 1) : 0) * f(Math.exp(-1 / 5))) + came);
    });
    const due = new Map<number, number>();
    const expected = stepped(heard, { pre: exact(20), post: exact(20) }, (w, x, y, arrives, fires, s, t) => {
      const pairs = f((fires ? f(f(0.06) * x) : 0) + (arrives ? f(f(-0.05) * y) : 0));
      const e = f((due.get(s) ?? 0) + pairs);
      const pays = t % 3 === 2;
      due.set(s, pays ? flushed(f(e * f(Math.exp(-1 / 40) ** 3))) : e);
      return pays ? clamp(f(w + f(f(at(level, t) + f(0.1)) * e))) : w;
    });
    expect(ours(heard)).toEqual(expected);
  });
});
