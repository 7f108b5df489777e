import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, golden, map, type Numbers, numbers, parts, read, reshaped, series, sizeOf, total, zeros } from './numbers.js';
import { neurons } from './pysnnNeurons.js';
import { delayed, layerSteps, traceStep } from './pysnnParts.js';
import { flatWeights, outputShape, taps } from './wiring.js';

const isConv = ({ inputs }: GoldenCase): boolean => inputs.weight.shape.length === 4;

/** Inputs at each step: [batch, in], or [batch, C, H, W]. */
const inputSteps = (given: GoldenCase): readonly Numbers[] =>
  isConv(given) ? parts(read(given.inputs.x)) : layerSteps(given.inputs.x);

/** The spikes that reach the connection, as the peer's counters let them through, in the shape of the input. */
const arrivals = (given: GoldenCase, sent: readonly Numbers[]): readonly Numbers[] => {
  const flat = sent.map((x) => reshaped(x, [x.shape[0] ?? 0, sizeOf(x.shape.slice(1))]));
  return delayed(flat, 1, given.params.delay).asThePeer.map((step, time) => reshaped(step, sent[time]?.shape ?? []));
};

/** A whole layer that learns: inputs, a connection with delays, neurons, traces, and MSTDPET with its reward. */
export function layer(given: GoldenCase) {
  const { params, inputs } = given;
  const { trace_update: update, tau_t: tau, alpha_t: alpha, dt, a_pre: aPre, a_post: aPost, e_trace_decay: kept, lr } = params;
  const sent = inputSteps(given);
  const arriving = arrivals(given, sent);
  const wiring = isConv(given) ? params : {};
  let w = read(inputs.weight);
  const flatShape = flatWeights(w).shape;
  const post = outputShape(sent[0]?.shape ?? [], w.shape, wiring);
  const positions = sizeOf(post.slice(2));
  const step = neurons({ ...params.neuron, ...{ dt, update, tau_t: tau, alpha_t: alpha } }, [
    post[0] ?? 0,
    post[1] ?? 0,
    positions,
  ]);
  let preTrace = zeros(sent[0]?.shape ?? []);
  let eligibility = zeros([post[0] ?? 0, ...flatShape, positions]);
  return sent.map((x, time) => {
    const [seen, weights] = [taps(arriving[time] ?? x, w.shape, wiring), flatWeights(w)];
    const [batch = 0, , count = 0] = seen.shape;
    preTrace = traceStep(preTrace, x, update, tau, alpha, dt);
    const memoize = taps(preTrace, w.shape, wiring);
    const synapse = (b: number, o: number, k: number, l: number) => at(seen, b, l, k) * at(weights, o, k);
    const right = numbers([batch, weights.shape[0] ?? 0, positions], (b, o, l) => total(count, (k) => synapse(b, o, k, l)));
    // The peer reads its potentials [taps, positions] as if they were [positions, taps].
    const folded = map(right, (_, b, o, l) =>
      total(count, (k) => {
        const place = l * count + k;
        return synapse(b, o, Math.floor(place / positions), place % positions);
      }),
    );
    const fired = step(folded);
    const depressed = map(eligibility, (e, b, o, k, l) => {
      const pairs =
        aPre * at(memoize, b, l, k) * at(fired.spikes, b, o, l) - aPost * at(seen, b, l, k) * at(fired.trace, b, o, l);
      return kept * e + pairs;
    });
    eligibility = depressed;
    const reward = lr * at(read(inputs.reward), time);
    const mean = (o: number, k: number) =>
      total(batch, (b) => total(positions, (l) => at(depressed, b, o, k, l))) / batch / positions;
    w = reshaped(
      map(weights, (weight, o, k) => weight + reward * mean(o, k)),
      w.shape,
    );
    return { x, arriving: arriving[time] ?? x, preTrace, postShape: post, right, folded, fired, eligibility, w };
  });
}

export const mstdpet: Loops = {
  expected: (given) => {
    const after = layer(given);
    const last = after.at(-1);
    if (last === undefined) throw new Error('a case needs a step');
    // Dense layers have an axis for the one row of neurons: [batch, 1, n].
    const row = (found: Numbers): Numbers => reshaped(found, [found.shape[0] ?? 0, 1, ...found.shape.slice(1)]);
    const layered = (found: Numbers) => (isConv(given) ? found : row(found));
    const outputsOf = (found: Numbers) => layered(reshaped(found, last.postShape));
    return {
      post_spikes: series(after.map(({ fired }) => outputsOf(fired.spikes))),
      e_trace: golden(isConv(given) ? last.eligibility : reshaped(last.eligibility, last.eligibility.shape.slice(0, 3))),
      weight: series(after.map(({ w }) => w)),
      pre_trace: series(after.map(({ preTrace }) => layered(preTrace))),
      post_trace: series(after.map(({ fired }) => outputsOf(fired.trace))),
    };
  },
  draw: (dice) => {
    const conv = dice.chance(0.4);
    const [steps, batch, update, dt] = [
      dice.integer(1, 8),
      dice.integer(1, 3),
      dice.one('linear', 'exponential'),
      dice.one(1, 0.5),
    ];
    const wiring = conv ? { stride: dice.integer(1, 2), padding: dice.integer(0, 1) } : { stride: null, padding: null };
    const channels = dice.integer(1, conv ? 2 : 6);
    const x = [batch, channels, ...(conv ? [dice.integer(3, 5), dice.integer(3, 5)] : [])];
    const weight = dice.values([dice.integer(1, 4), channels, ...(conv ? [dice.integer(1, 3), dice.integer(1, 3)] : [])]);
    const linear = update === 'linear';
    return {
      params: {
        ...{
          a_pre: dice.number(0.5, 1.5),
          a_post: dice.number(0.5, 1.5),
          lr: dice.number(0.01, 0.1),
          e_trace_decay: dice.number(0.5, 0.95),
        },
        ...{ trace_update: update, tau_t: linear ? dice.number(0.4, 0.9) : dice.number(4, 12), alpha_t: dice.number(0.5, 1.5) },
        ...{ dt, delay: dice.one(0, dice.integer(1, 3)), ...wiring },
        neuron: {
          ...{
            thresh: dice.number(0.5, 1.2),
            v_rest: dice.one(0, -0.25),
            alpha_v: linear ? dice.number(0.4, 1) : dice.number(4, 9),
          },
          ...{ tau_v: linear ? dice.number(0.5, 0.9) : dice.number(6, 12), duration_refrac: dt * dice.integer(0, 2) },
        },
      },
      inputs: {
        x: dice.spikes(conv ? [steps, ...x] : [steps, batch, 1, channels]),
        ...{ weight, reward: dice.values([steps], -1, 1) },
      },
    };
  },
};

/** What a row of traces asks of its weights: [rows, out, taps]. */
const fedeSteps = (
  { params, inputs }: GoldenCase,
  rows: Numbers,
  count: number,
  silence: (change: number) => number,
): GoldenTensor => {
  const { lr, w_init: start, a } = params;
  const most = Math.max(...rows.data);
  const samples = rows.shape[0] ?? 0;
  let w = read(inputs.weight);
  const after = Array.from({ length: count }, () => {
    const next = map(flatWeights(w), (weight, o, k) => {
      const sum = total(samples, (r) => {
        const part = at(rows, r, o, k) / most;
        return Math.exp(start - weight) * (Math.exp(part) - a) - Math.exp(weight - start) * (Math.exp(1 - part) - a);
      });
      return weight + silence((lr * sum) / samples);
    });
    w = reshaped(next, w.shape);
    return w;
  });
  return series(after);
};

/** With the rows as the peer makes them, and with those that belong to each weight. Silence is 0/0 in the peer. */
export function fedeWeights(
  given: GoldenCase,
  steps: number,
): { readonly asThePeer: GoldenTensor; readonly right: GoldenTensor } {
  const trace = read(given.inputs.trace);
  const [batch = 0, out = 0, count = 0, positions = 1] = trace.shape;
  const wide = reshaped(trace, [batch, out, count, positions]);
  const viewed = reshaped(trace, [batch * positions, out, count]);
  const right = numbers([batch * positions, out, count], (r, o, k) => at(wide, Math.floor(r / positions), o, k, r % positions));
  return {
    asThePeer: fedeSteps(given, viewed, steps, (change) => change),
    right: fedeSteps(given, right, steps, (change) => (Number.isNaN(change) ? 0 : change)),
  };
}

const drawnTrace = (dice: Dice, shape: readonly number[]) => (dice.chance(0.2) ? golden(zeros(shape)) : dice.values(shape));

export const fede: Loops = {
  expected: (given) => {
    const steps = (given.expected as { readonly weight: GoldenTensor }).weight.shape[0] ?? 0;
    return { weight: fedeWeights(given, steps).asThePeer };
  },
  draw: (dice) => {
    const [batch, out] = [dice.integer(1, 3), dice.integer(1, 4)];
    const kernel = dice.chance(0.5) ? [dice.integer(1, 2), dice.integer(1, 3), dice.integer(1, 3)] : [dice.integer(1, 5)];
    const positions = kernel.length === 3 ? [dice.integer(1, 4)] : [];
    return {
      params: { lr: dice.number(0.005, 0.05), w_init: dice.number(0.2, 0.8), a: dice.number(0, 1) },
      inputs: { trace: drawnTrace(dice, [batch, out, sizeOf(kernel), ...positions]), weight: dice.values([out, ...kernel]) },
      expected: { weight: golden(zeros([dice.integer(1, 4), out, ...kernel])) },
    };
  },
};
