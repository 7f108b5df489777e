import * as tf from '@tensorflow/tfjs-core';
import type { ConformanceOptions } from '../../src/conformance/index.js';
import { tidily } from '../../src/core/tensors.js';
import { mapTensors } from '../../src/core/trees.js';
import {
  type Delta,
  pairStdp,
  pairStdpDefaults,
  type Rule,
  type RuleJSON,
  type StdpState,
  symmetricStdp,
} from '../../src/entries/everything.js';
import type { FastPath } from '../../src/rules/fastPath.js';
import { scaled } from '../../src/rules/signedDelta.js';
import { otherBackend, targetBackend } from '../target.js';
import { but, counter, own, remembering, reweighted, type Spikes, seeing, stepping } from './own.js';

/**
 * A rule with one fault.
 *
 * @property make   the rule, new: what it hides starts anew.
 */
export interface Wrong {
  readonly what: string;
  readonly make: () => Rule<StdpState>;
  readonly options?: ConformanceOptions;
}

const right = own();
const wrong = (what: string, make: () => Rule<StdpState>, options: ConformanceOptions = {}): Wrong => ({ what, make, options });
const updated = (update: object) => own({ update: { ...pairStdpDefaults, etaPlus: 0.01, etaMinus: 0.01, ...update } });
const batchOf = ({ pre }: Spikes): number | undefined => (pre.rank === 2 ? pre.shape[0] : undefined);
/** Each neuron has the values of the next one, the last those of the first. */
function rolled(tensor: tf.Tensor): tf.Tensor {
  const [axis, size] = [tensor.rank - 1, tensor.shape.at(-1) ?? 1];
  const [first, rest] = tf.split(tensor, [1, size - 1], axis);
  return tf.concat(
    [rest, first].filter((part) => part !== undefined),
    axis,
  );
}
const disposing = (pick: (w: tf.Tensor, state: StdpState, input: Spikes) => tf.Tensor, donated = false): Rule<StdpState> =>
  but({
    step: (input, w, state, options) => {
      const result = right.step(input, w, state, options);
      if (!donated || options?.donate === true) pick(w as tf.Tensor, state, input as Spikes).dispose();
      return result;
    },
  });
const donated = (change: (result: [tf.Tensor, StdpState], call: number) => [tf.Tensor, StdpState]): Rule<StdpState> => {
  const calls = counter();
  return but({
    step: (input, w, state, options) => {
      const result = right.step(input, w, state, options);
      return options?.donate === true ? change(result, calls()) : result;
    },
  });
};
const withSeries = (series: FastPath<StdpState>['series']): Rule<StdpState> => own({ fast: { step: () => undefined, series } });
const copied = (state: StdpState): StdpState => mapTensors(state, (tensor) => tf.clone(tensor));
const leaking = (methods: (leak: () => void) => Partial<Rule<StdpState>>) => but(methods(() => void tf.keep(tf.zeros([1]))));
const leakingWhen = (leaks: (call: number) => boolean) => {
  const calls = counter();
  return leaking((leak) => ({
    step: (...given) => {
      if (leaks(calls())) leak();
      return right.step(...given);
    },
  }));
};

/** The right rule, but for weights: they learn from the first sample of a batch, and a part of what all the others teach. */
const firstCounts = (others: number): Rule<StdpState> =>
  stepping((input, w, state) => {
    const [all, next] = right.step(input, w, state);
    if (batchOf(input) === undefined) return [all, next];
    const first = <T>(tree: T): T => mapTensors(tree, (tensor) => tf.slice(tensor, 0, 1));
    const [one] = right.step(first({ pre: input.pre, post: input.post }), w, first(state));
    if (batchOf(input) === 1 || others === 0) return [one, next];
    return [tf.clipByValue(tf.add(w, tf.add(tf.sub(one, w), tf.mul(others, tf.sub(all, w)))), 0, 1), next];
  });

/** The right rule with its Delta changed. */
const asking = (change: (delta: Delta, batch: number, w: tf.Tensor) => Delta): Rule<StdpState> =>
  own({
    delta: ({ pre, post }, w, state) => {
      const [delta, next] = right.delta({ pre, post }, w, state);
      return [change(delta, pre.shape[0] ?? 1, w), next];
    },
  });

const grown = ({ potentiation, depression }: Delta, factor: number): Delta => ({
  potentiation: potentiation.map((term) => scaled(term, factor)),
  depression,
});

/** For each law, by its name up to the first sign: rules that break it. The first of each breaks no other. */
export const wrongRules: Readonly<Record<string, readonly Wrong[]>> = {
  'shapes stay': [
    wrong('a type in the state changes', () => ({
      ...remembering((traces, _, before) => ({
        ...traces,
        count: tf.cast((before as unknown as { count: tf.Tensor }).count, 'float32'),
      })),
      init: (shapes) => ({ ...right.init(shapes), count: tf.zeros([...shapes.pre], 'int32') }),
    })),
    wrong('a field comes to the state', () => remembering((traces) => ({ ...traces, more: tf.zerosLike(traces.tPre) }))),
    wrong('a trace loses its batch axis', () => remembering(({ tPre, tPost }) => ({ tPre: tf.sum(tPre, 0), tPost }))),
    wrong('weights get a batch axis', () => reweighted((w) => tf.expandDims(w, 0))),
  ],
  purity: [
    wrong('params change', () => {
      const params = { calls: 0 };
      return but({
        params,
        toJSON: right.toJSON,
        step: (...given) => {
          params.calls++;
          return right.step(...given);
        },
      });
    }),
    wrong('init changes the shapes', () =>
      but({
        init: (shapes) => {
          const made = right.init(shapes);
          Object.assign(shapes, { w: [] });
          return made;
        },
      }),
    ),
    wrong('delta disposes its weights', () =>
      but({
        delta: (input, w, state) => {
          const result = right.delta(input, w, state);
          (w as tf.Tensor).dispose();
          return result;
        },
      }),
    ),
    wrong('weights are disposed', () => disposing((w) => w)),
    wrong('a trace is disposed', () => disposing((_, { tPost }) => tPost)),
    wrong('spikes are disposed', () => disposing((_, __, { post }) => post)),
    wrong('the state is written to', () =>
      but({
        step: (input, w, state, options) => {
          const next = right.step(input, w, state, options);
          Object.assign(state, { tPre: tf.clone(next[1].tPre) });
          return next;
        },
      }),
    ),
  ],
  memory: [
    wrong('a tensor stays of every step after sixty', () => leakingWhen((call) => call >= 60)),
    wrong('a tensor stays of every fiftieth step', () => leakingWhen((call) => call % 50 === 49)),
    wrong('a tensor stays of each step of one state from its twentieth on', () => {
      const ages = new WeakMap<object, number>();
      return leaking((leak) => ({
        step: (input, w, state, options) => {
          const age = (ages.get(state) ?? 0) + 1;
          if (age >= 20) leak();
          const result = right.step(input, w, state, options);
          ages.set(result[1], age);
          return result;
        },
      }));
    }),
    wrong('series leaves a tensor', () =>
      withSeries(() => {
        tf.keep(tf.zeros([1]));
        return undefined;
      }),
    ),
    wrong('toJSON leaves a tensor', () =>
      leaking((leak) => ({
        toJSON: () => {
          leak();
          return right.toJSON();
        },
      })),
    ),
    wrong('a tensor stays from the fourth step on', () => {
      const calls = counter();
      return leaking((leak) => ({
        step: (...given) => {
          if (given[3] === undefined && calls() > 3) leak();
          return right.step(...given);
        },
      }));
    }),
    wrong('init leaves a tensor', () =>
      leaking((leak) => ({
        init: (shapes) => {
          leak();
          return right.init(shapes);
        },
      })),
    ),
    wrong('delta leaves a tensor', () =>
      leaking((leak) => ({
        delta: (...given) => {
          leak();
          return right.delta(...given);
        },
      })),
    ),
    wrong('one tensor is two fields', () =>
      but({
        init: ({ pre }) => {
          const zeros = tf.zeros([...pre]);
          return { tPre: zeros, tPost: zeros };
        },
      }),
    ),
    wrong('what it returns is an argument', () => but({ step: (_, w, state) => [w as tf.Tensor, state] })),
  ],
  donation: [
    wrong('rubbish is returned', () => donated(([w, state]) => [tf.mul(w, 0.5), state])),
    wrong('rubbish is returned from the third step on', () =>
      donated(([w, state], call) => (call < 2 ? [w, state] : [tf.mul(w, 0.999), state])),
    ),
    wrong('another state is returned', () => donated(([w, { tPre, tPost }]) => [w, { tPre: tf.mul(tPre, 2), tPost }])),
    wrong('what is given away stays', () => but({ step: (input, w, state) => right.step(input, w, state) })),
    wrong('spikes are disposed as well', () => disposing((_, __, { pre }) => pre, true)),
  ],
  bounds: [
    wrong('by less than a millionth', () => updated({ wMax: 1 + 3e-7 })),
    wrong('nothing clamps', () => updated({ hardBound: false })),
    wrong('a bound is too low', () => updated({ wMin: -0.5 })),
    wrong('nothing clamps without a batch', () =>
      stepping((input, w, state) => (input.pre.rank === 1 ? updated({ hardBound: false }) : right).step(input, w, state)),
    ),
    wrong('nothing clamps when all spike', () =>
      stepping((input, w, state) => {
        const [clamped, next] = right.step(input, w, state);
        const [open] = updated({ hardBound: false }).step(input, w, state);
        return [tf.add(clamped, tf.mul(tf.min(input.pre), tf.sub(open, clamped))), next];
      }),
    ),
  ],
  silence: [
    wrong('weights decay by a ten-millionth', () => reweighted((w) => tf.mul(w, 1 - 2e-7))),
    wrong('weights decay', () => updated({ weightDecay: 1e-3 })),
    wrong('weights learn from traces alone', () =>
      stepping((input, w, state) => {
        const [next, traces] = right.step(input, w, state);
        return [
          tf.add(next, tf.mul(1e-4, tf.expandDims(batchOf(input) === undefined ? traces.tPre : tf.sum(traces.tPre, 0), 1))),
          traces,
        ];
      }),
    ),
  ],
  'no NaN appears': [
    wrong('NaN from the fiftieth step of a state on', () => ({
      ...stepping((input, w, state) => {
        const { tPre, tPost, age } = state as StdpState & { readonly age: tf.Tensor };
        const [next, traces] = right.step(input, w, { tPre, tPost });
        const late = tf.max(tf.step(tf.sub(age, 48)));
        return [tf.where(tf.cast(late, 'bool'), Number.NaN, next), { ...traces, age: tf.add(age, 1) }];
      }),
      init: (shapes) => ({ ...right.init(shapes), age: tf.zeros([...shapes.pre]) }),
    })),
    wrong('0/0 at a weight of 0', () => reweighted((w, _, before) => tf.mul(w, tf.div(before, before)))),
    wrong('0/0 when nothing spikes', () =>
      reweighted((w, { pre, post }) =>
        tf.mul(w, tf.div(tf.sum(tf.add(tf.sum(pre), tf.sum(post))), tf.add(tf.sum(pre), tf.sum(post)))),
      ),
    ),
    wrong('traces divide by the number of input spikes', () =>
      remembering(({ tPre, tPost }, { pre }) => ({ tPre: tf.mul(tPre, tf.div(tf.sum(pre), tf.sum(pre))), tPost })),
    ),
  ],
  time: [
    wrong('the first steps teach more, spikes or none', () => ({
      ...stepping((input, w, state) => {
        const { tPre, tPost, age } = state as StdpState & { readonly age: tf.Tensor };
        const [next, traces] = right.step(input, w, { tPre, tPost });
        const rates = tf.div(1, tf.add(1, tf.max(age)));
        return [tf.add(w, tf.mul(rates, tf.sub(next, w))), { ...traces, age: tf.add(age, 1) }];
      }),
      init: (shapes) => ({ ...right.init(shapes), age: tf.zeros([...shapes.pre]) }),
    })),
    wrong('traces grow in silence', () => remembering(({ tPre, tPost }) => ({ tPre: tf.add(tPre, 0.01), tPost }))),
  ],
  'a batch of one is no batch': [
    wrong('traces of a batch grow faster', () =>
      remembering(({ tPre, tPost }, { pre }) => ({ tPre, tPost: pre.rank === 2 ? tf.mul(tPost, 1.01) : tPost })),
    ),
    wrong('a batch learns at half the rate', () =>
      stepping((input, w, state) =>
        (input.pre.rank === 2 ? updated({ etaPlus: 0.005, etaMinus: 0.005 }) : right).step(input, w, state),
      ),
    ),
  ],
  'batch order': [
    wrong('only the first sample counts', () => firstCounts(0), { batchSums: false }),
    wrong('the first sample counts double', () => firstCounts(1), { batchSums: false }),
  ],
  batch: [
    wrong('a batch counts by its mean', () => updated({ batchReduction: 'mean' })),
    wrong('a batch counts by its largest sample', () => updated({ batchReduction: 'max' })),
  ],
  chunks: [
    wrong('a change is larger in larger batches, in its last bits', () =>
      asking((delta, batch) => grown(delta, 1 + 3e-7 * batch)),
    ),
    wrong('a change is larger in larger batches', () => asking((delta, batch) => grown(delta, batch))),
    wrong('what counts once is not marked', () =>
      asking((delta, _, w) => ({
        ...delta,
        depression: [...delta.depression, { perSample: tf.expandDims(tf.mul(w, 1e-6), 0) }],
      })),
    ),
  ],
  determinism: [
    wrong('dice, in batches of four', () =>
      reweighted((w, input) => (batchOf(input) === 4 ? tf.add(w, 1e-3 * Math.random()) : w)),
    ),
    wrong('learns less at every call', () => {
      const calls = counter();
      return reweighted((w) => tf.sub(w, 1e-4 * calls()));
    }),
    wrong('a memory that init clears', () => {
      const calls = counter();
      let since = 0;
      return {
        ...reweighted((w) => tf.sub(w, 1e-4 * (calls() - since))),
        init: (shapes) => {
          since = calls();
          return right.init(shapes);
        },
      };
    }),
    wrong('dice', () => reweighted((w) => tf.add(w, 1e-3 * Math.random()))),
    wrong('the day', () => reweighted((w) => tf.add(w, 1e-9 * Math.floor(Date.now() / 86_400_000)))),
    wrong('the day by new Date', () => reweighted((w) => tf.add(w, 1e-6 * new Date().getFullYear()))),
  ],
  JSON: [
    wrong('another rule comes back', () => right, { fromJSON: () => symmetricStdp() as Rule<object> }),
    wrong('another rule comes back under its name', () => right, { fromJSON: () => updated({ etaPlus: 0.02 }) as Rule<object> }),
    wrong('no rule comes back', () => right, { fromJSON: () => ({}) as Rule<object> }),
    wrong('a function in its JSON', () => but({ toJSON: () => ({ ...right.toJSON(), params: { window: () => 1 } }) })),
    wrong('NaN in its JSON', () => but({ toJSON: () => ({ ...right.toJSON(), params: { tau: Number.NaN } }) })),
    wrong('JSON that is refused', () =>
      but({
        toJSON: () => {
          throw new Error('no');
        },
      }),
    ),
    wrong('a state of records', () => remembering((traces) => ({ ...traces, more: {} }))),
    wrong('what it remembers is not in the state', () => {
      const calls = counter();
      return reweighted((w) => (calls() === 0 ? tf.mul(w, 0.99) : w));
    }),
    wrong('a parameter is lost', () => pairStdp({ etaPlus: 0.01, etaMinus: 0.01 }), {
      fromJSON: ({ params }: RuleJSON) => pairStdp({ ...params, etaPlus: 1e-3 }) as Rule<object>,
    }),
  ],
  delta: [
    wrong('asks for what no step gives', () =>
      but({ delta: ({ pre, post }, w, state) => tidily(() => right.delta({ pre: tf.onesLike(pre), post }, w, state)) }),
    ),
    wrong('answers no state', () => but({ delta: (...given) => [right.delta(...given)[0], undefined as unknown as StdpState] })),
  ],
  series: [
    wrong('gives other weights', () => withSeries((trains, state) => [tf.mul(trains.w, 0.9), copied(state)])),
    wrong('gives other weights without a batch', () =>
      withSeries((trains, state) => (trains.batched ? undefined : [tf.mul(trains.w, 0.9), copied(state)])),
    ),
    wrong('gives other weights for a single step', () =>
      withSeries((trains, state) => (trains.pre.shape[0] === 1 ? [tf.mul(trains.w, 0.9), copied(state)] : undefined)),
    ),
    wrong('gives rubbish', () => withSeries(() => 5 as unknown as [tf.Tensor, StdpState])),
  ],
  'backends agree': [
    wrong('one learns more', () => reweighted((w) => tf.add(w, tf.getBackend() === otherBackend ? 1e-3 : 0)), {
      backends: [otherBackend, targetBackend],
    }),
    wrong('one learns more, by default', () => reweighted((w) => tf.add(w, tf.getBackend() === otherBackend ? 1e-3 : 0))),
  ],
  locality: [
    wrong('crossed inputs', () => seeing((input) => ({ ...input, pre: rolled(input.pre) }))),
    wrong('crossed outputs', () => seeing((input) => ({ ...input, post: rolled(input.post) }))),
    wrong('weights of an output share a sum', () =>
      reweighted((w, _, before) => tf.mul(w, tf.div(tf.sum(before, 0), tf.sum(w, 0)))),
    ),
  ],
  order: [
    wrong('anti-Hebbian', () => updated({ etaPlus: -0.01, etaMinus: -0.01 })),
    wrong('never depresses', () => updated({ etaMinus: 0 })),
    wrong('never potentiates', () => updated({ etaPlus: 0 })),
  ],
};
