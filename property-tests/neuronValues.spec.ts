import fc from 'fast-check';
import { describe } from 'vitest';
import * as library from '../src/entries/everything.js';
import { between, eighth, forNeuron, held, type Numbers, numbers, perNeuron, size, spike, testValues } from './rightValues.js';

const { constant, constantFrom, integer, record, tuple } = fc;

type PerNeuron = number | readonly number[] | Numbers;

/** Shapes of neurons: one, several, a batch of them, maps; some of nothing. */
const shape: fc.Arbitrary<readonly number[]> = fc.oneof(
  constant([]),
  constant([1]),
  tuple(size),
  tuple(size, size),
  tuple(size, size, size, size),
);
const neuronsOf = (sizes: readonly number[]): number => sizes.at(-1) ?? 0;
const at = ({ values }: Numbers, index: number): number => values[index] ?? Number.NaN;
const neuronAt = ({ shape: sizes }: Numbers, index: number): number => index % Math.max(1, neuronsOf(sizes));
const countOf = (sizes: readonly number[]): number => sizes.reduce((product, length) => product * length, 1);

/** The value of every neuron. */
const each = <T>(input: Numbers, value: (index: number, neuron: number) => T): readonly T[] =>
  input.values.map((_, index) => value(index, neuronAt(input, index)));

const filled = (sizes: readonly number[], value: (neuron: number) => number) =>
  held(
    sizes,
    Array.from({ length: countOf(sizes) }, (_, index) => value(index % Math.max(1, neuronsOf(sizes)))),
  );

/** Potentials keep away from thresholds, so that rounding decides nothing. */
const third = integer({ min: -60, max: 60 }).map((value) => (8 * value + 3) / 64);
const threshold = integer({ min: -8, max: 8 }).map((value) => value / 4 + 1 / 512);

describe('integrate and fire', () => {
  testValues('initIntegrateAndFireState', library.initIntegrateAndFireState, tuple(shape), (sizes) => ({
    v: filled(sizes, () => 0),
  }));
  const step = shape.chain((sizes) =>
    tuple(
      numbers(sizes, third),
      record({ v: numbers(sizes, eighth) }),
      record({ vTh: perNeuron(threshold, neuronsOf(sizes)), reset: constantFrom('zero', 'subtract', 'none') }),
    ),
  );
  testValues('integrateAndFireStep', library.integrateAndFireStep, step, (input, { v }, { vTh, reset }) => {
    const after = each(input, (index, neuron) => {
      const [u, limit] = [at(v, index) + at(input, index), forNeuron(vTh, neuron)];
      const z = u > limit ? 1 : 0;
      return [z, z === 0 ? u : { zero: 0, subtract: u - limit, none: u }[reset]] as const;
    });
    return [
      held(
        input.shape,
        after.map(([z]) => z),
      ),
      {
        v: held(
          input.shape,
          after.map(([, next]) => next),
        ),
      },
    ];
  });
});

const membrane = (neurons: number) => ({
  tauSyn: perNeuron(between(1, 20), neurons),
  tauMem: perNeuron(between(1, 20), neurons),
  vLeak: perNeuron(eighth, neurons),
  dt: constantFrom(0.5, 1),
});

interface Membrane {
  readonly tauSyn: PerNeuron;
  readonly tauMem: PerNeuron;
  readonly vLeak: PerNeuron;
  readonly dt: number;
}

const integrated = (current: number, v: number, i: number, { tauSyn, tauMem, vLeak, dt }: Membrane, neuron: number) => {
  const jumped = i + current;
  return {
    v: v + (dt / forNeuron(tauMem, neuron)) * (forNeuron(vLeak, neuron) - v + jumped),
    i: jumped * (1 - dt / forNeuron(tauSyn, neuron)),
  };
};

describe('leaky integrators', () => {
  testValues(
    'initLeakyIntegratorState',
    library.initLeakyIntegratorState,
    shape.chain((sizes) => tuple(constant(sizes), record(membrane(neuronsOf(sizes))))),
    (sizes, { vLeak }) => ({ v: filled(sizes, (neuron) => forNeuron(vLeak, neuron)), i: filled(sizes, () => 0) }),
  );
  const feedForward = shape.chain((sizes) =>
    tuple(
      numbers(sizes, eighth),
      record({ v: numbers(sizes, eighth), i: numbers(sizes, eighth) }),
      record(membrane(neuronsOf(sizes))),
    ),
  );
  const next = (
    input: Numbers,
    state: { readonly v: Numbers; readonly i: Numbers },
    params: Membrane,
    currents = input.values,
  ) => {
    const all = each(state.v, (index, neuron) =>
      integrated(currents[index] ?? 0, at(state.v, index), at(state.i, index), params, neuron),
    );
    const v = held(
      state.v.shape,
      all.map((one) => one.v),
    );
    return [
      v,
      {
        v,
        i: held(
          state.v.shape,
          all.map((one) => one.i),
        ),
      },
    ];
  };
  testValues('liFeedForwardStep', library.liFeedForwardStep, feedForward, next);

  const projected = tuple(size, size, size).chain(([batch, inputs, outputs]) =>
    tuple(
      numbers([batch, inputs], spike),
      record({ v: numbers([batch, outputs], eighth), i: numbers([batch, outputs], eighth) }),
      numbers([inputs, outputs], eighth),
      record(membrane(outputs)),
    ),
  );
  testValues('liStep', library.liStep, projected, (input, state, w, params) => next(input, state, params, product(input, w)));
});

/** Spikes times weights. */
function product(spikes: Numbers, w: Numbers): readonly number[] {
  const [inputs = 0, outputs = 0] = w.shape;
  const batch = spikes.shape.length === 1 ? 1 : (spikes.shape[0] ?? 0);
  return Array.from({ length: batch * outputs }, (_, index) =>
    Array.from(
      { length: inputs },
      (_unused, input) => at(spikes, Math.floor(index / outputs) * inputs + input) * at(w, input * outputs + (index % outputs)),
    ).reduce((sum, value) => sum + value, 0),
  );
}

describe('leaky integrate and fire', () => {
  const params = (neurons: number) => ({
    ...membrane(neurons),
    vTh: perNeuron(threshold, neurons),
    vReset: perNeuron(eighth, neurons),
  });
  testValues(
    'initLifState',
    library.initLifState,
    shape.chain((sizes) => tuple(constant(sizes), record(params(neuronsOf(sizes))))),
    (sizes, { vLeak }) => ({
      v: filled(sizes, (neuron) => forNeuron(vLeak, neuron)),
      i: filled(sizes, () => 0),
      z: filled(sizes, () => 0),
    }),
  );
  const feedForward = shape.chain((sizes) =>
    tuple(
      numbers(sizes, eighth),
      record({ v: numbers(sizes, eighth), i: numbers(sizes, eighth) }),
      record({ ...params(neuronsOf(sizes)), tauMem: constant(8), dt: constant(1) }),
    ),
  );
  const fired = (
    { v, i }: { readonly v: Numbers; readonly i: Numbers },
    given: Membrane & { readonly vTh: PerNeuron; readonly vReset: PerNeuron },
    currents: readonly number[],
  ) => {
    const all = each(v, (index, neuron) => {
      const next = integrated(currents[index] ?? 0, at(v, index), at(i, index), given, neuron);
      const z = next.v > forNeuron(given.vTh, neuron) ? 1 : 0;
      return { z, v: z === 1 ? forNeuron(given.vReset, neuron) : next.v, i: next.i };
    });
    const field = (name: 'z' | 'v' | 'i') =>
      held(
        v.shape,
        all.map((one) => one[name]),
      );
    return { z: field('z'), v: field('v'), i: field('i') };
  };
  testValues('lifFeedForwardStep', library.lifFeedForwardStep, feedForward, (input, state, given) => {
    const { z, v, i } = fired(state, given, input.values);
    return [z, { v, i }];
  });

  const recurrent = tuple(size, size, size).chain(([batch, inputs, outputs]) => {
    const layer = [batch, outputs];
    return tuple(
      numbers([batch, inputs], spike),
      record({ v: numbers(layer, eighth), i: numbers(layer, eighth), z: numbers(layer, spike) }),
      numbers([inputs, outputs], eighth),
      numbers([outputs, outputs], eighth),
      record({ ...params(outputs), tauMem: constant(8), dt: constant(1) }),
    );
  });
  testValues('lifStep', library.lifStep, recurrent, (input, state, w, wRecurrent, given) => {
    const [forward, back] = [product(input, w), product(state.z, wRecurrent)];
    const { z, v, i } = fired(
      state,
      given,
      forward.map((current, index) => current + (back[index] ?? 0)),
    );
    return [z, { v, i, z }];
  });
});

describe('neurons that rest', () => {
  const params = (neurons: number) => ({
    dt: constant(1),
    tauMem: constantFrom(Number.POSITIVE_INFINITY, 8),
    integration: constant('euler' as const),
    gain: perNeuron(eighth, neurons),
    vRest: perNeuron(eighth, neurons),
    vReset: perNeuron(eighth, neurons),
    vTh: perNeuron(threshold, neurons),
    tauRefractory: constantFrom(0, 1, 3),
  });
  interface Params {
    readonly dt: number;
    readonly tauMem: number;
    readonly gain: PerNeuron;
    readonly vRest: PerNeuron;
    readonly vReset: PerNeuron;
    readonly tauRefractory: number;
  }
  interface State {
    readonly v: Numbers;
    readonly refractory: Numbers;
  }
  const state = (sizes: readonly number[]) => ({ v: numbers(sizes, eighth), refractory: numbers(sizes, constantFrom(0, 1, 2)) });
  const stepped = (
    input: readonly number[],
    { v, refractory }: State,
    given: Params,
    limit: (index: number, neuron: number) => number,
  ) => {
    const all = each(v, (index, neuron) => {
      const [rest, rested] = [forNeuron(given.vRest, neuron), at(refractory, index)];
      const leak = given.dt / given.tauMem;
      const u =
        rest + (1 - leak) * (at(v, index) - rest) + (rested > 0 ? 0 : leak * forNeuron(given.gain, neuron) * (input[index] ?? 0));
      const z = u >= limit(index, neuron) ? 1 : 0;
      return {
        z,
        v: z === 1 ? forNeuron(given.vReset, neuron) : u,
        refractory: z === 1 ? given.tauRefractory : Math.max(0, rested - 1),
      };
    });
    const field = (name: 'z' | 'v' | 'refractory') =>
      held(
        v.shape,
        all.map((one) => one[name]),
      );
    return [field('z'), { v: field('v'), refractory: field('refractory') }] as const;
  };

  testValues(
    'initRefractoryState',
    library.initRefractoryState,
    shape.chain((sizes) => tuple(constant(sizes), record(params(neuronsOf(sizes))))),
    (sizes, { vRest }) => ({ v: filled(sizes, (neuron) => forNeuron(vRest, neuron)), refractory: filled(sizes, () => 0) }),
  );
  testValues(
    'refractoryLifStep',
    library.refractoryLifStep,
    shape.chain((sizes) => tuple(numbers(sizes, eighth), record(state(sizes)), record(params(neuronsOf(sizes))))),
    (input, before, given) => stepped(input.values, before, given, (_, neuron) => forNeuron(given.vTh, neuron)),
  );
  testValues(
    'fedeNeuronStep',
    library.fedeNeuronStep,
    shape.chain((sizes) =>
      tuple(numbers(sizes, eighth), numbers(sizes, eighth), record(state(sizes)), record(params(neuronsOf(sizes)))),
    ),
    (input, trace, before, given) => {
      const drive = input.values.map((value, index) => value - at(trace, index));
      return stepped(drive, before, given, (_, neuron) => forNeuron(given.vTh, neuron));
    },
  );

  const adaptive = (neurons: number) => ({
    ...params(neurons),
    tauTheta: constantFrom(Number.POSITIVE_INFINITY, 16),
    thetaPlus: perNeuron(eighth, neurons),
    thetaIntegration: constant('euler' as const),
    thetaOrder: constantFrom('decayFirst', 'decayLast'),
    sharedTheta: fc.boolean(),
  });
  const thetaShape = (sizes: readonly number[], shared: boolean) => (shared && sizes.length > 1 ? [1, ...sizes.slice(1)] : sizes);
  testValues(
    'initAdaptiveLifState',
    library.initAdaptiveLifState,
    shape.chain((sizes) => tuple(constant(sizes), record(adaptive(neuronsOf(sizes))))),
    (sizes, { vRest, sharedTheta }) => ({
      v: filled(sizes, (neuron) => forNeuron(vRest, neuron)),
      refractory: filled(sizes, () => 0),
      theta: filled(thetaShape(sizes, sharedTheta), () => 0),
    }),
  );
  testValues(
    'adaptiveLifStep',
    library.adaptiveLifStep,
    tuple(shape, fc.boolean()).chain(([sizes, sharedTheta]) =>
      tuple(
        numbers(sizes, eighth),
        record({ ...state(sizes), theta: numbers(thetaShape(sizes, sharedTheta), eighth) }),
        record({ ...adaptive(neuronsOf(sizes)), sharedTheta: constant(sharedTheta) }),
      ),
    ),
    (input, { theta, ...before }, given) => {
      const leak = given.dt / given.tauTheta;
      const perSample = Math.max(1, theta.values.length);
      const decayed = (index: number) => at(theta, index % perSample) * (1 - leak);
      const [z, rest] = stepped(input.values, before, given, (index, neuron) => {
        const risen = given.thetaOrder === 'decayFirst' ? decayed(index) : at(theta, index % perSample);
        return risen + forNeuron(given.vTh, neuron);
      });
      const next = theta.values.map((old, index) => {
        if (input.values.length === 0) return old; // no sample, no step
        const spikes = z.values.filter((_, place) => place % perSample === index).reduce((sum, value) => sum + value, 0);
        return decayed(index) + leak * forNeuron(given.thetaPlus, neuronAt(theta, index)) * spikes;
      });
      return [z, { ...rest, theta: held(theta.shape, next) }];
    },
  );
});

describe('spikes', () => {
  const limit = fc.option(fc.oneof(threshold, constant(Number.POSITIVE_INFINITY)), { nil: undefined });
  const potentials = tuple(integer({ min: 1, max: 3 }), shape).chain(([steps, sizes]) =>
    tuple(numbers([steps, ...sizes], eighth), limit),
  );
  const isLast = ({ shape: [steps = 0, ...sizes] }: Numbers, index: number) => index >= (steps - 1) * countOf(sizes);
  testValues('fire', library.fire, potentials, (values, above) =>
    held(
      values.shape,
      values.values.map((value, index) =>
        above === undefined ? (isLast(values, index) ? Math.sign(value) : 0) : Number(value > above),
      ),
    ),
  );
  testValues('thresholdPotentials', library.thresholdPotentials, potentials, (values, above) =>
    held(
      values.shape,
      values.values.map((value, index) => ((above === undefined ? isLast(values, index) : value > above) ? value : 0)),
    ),
  );
  testValues(
    'keepOneSpike',
    library.keepOneSpike,
    fc.oneof(tuple(size), tuple(size, size)).chain((sizes) => tuple(numbers(sizes, spike))),
    (spikes) => {
      const neurons = neuronsOf(spikes.shape);
      return held(
        spikes.shape,
        each(spikes, (index, neuron) => {
          const first = spikes.values.slice(index - neuron, index - neuron + neurons).indexOf(1);
          return first === neuron ? 1 : 0;
        }),
      );
    },
  );
});
