import fc from 'fast-check';
import { describe } from 'vitest';
import * as library from '../src/entries/everything.js';
import type { TraceParams } from '../src/traces/exponentialTrace.js';
import { between, eighth, forNeuron, held, type Numbers, numbers, perNeuron, size, spike, testValues } from './rightValues.js';

const shape = fc.oneof(fc.tuple(size), fc.tuple(size, size), fc.tuple(size, size, size), fc.constant<[]>([]));
const { constant, constantFrom, integer, record, tuple } = fc;

const traceParams = (neurons: number) =>
  record({
    tau: perNeuron(between(1, 40), neurons),
    amplitude: perNeuron(eighth, neurons),
    dt: constantFrom(0.5, 1, 2),
    traceMode: constantFrom('cumulative', 'nearest'),
    integration: constantFrom('exact', 'euler'),
  });

type Params = Omit<TraceParams, 'tau' | 'amplitude'> & {
  readonly tau: number | readonly number[] | Numbers;
  readonly amplitude: number | readonly number[] | Numbers;
};

const neuronsOf = (sizes: readonly number[]): number => (sizes.length === 0 ? 0 : (sizes.at(-1) ?? 0));
const each = ({ shape, values }: Numbers, value: (own: number, index: number, neuron: number) => number) =>
  held(
    shape,
    values.map((own, index) => value(own, index, index % Math.max(1, neuronsOf(shape)))),
  );

const kept = ({ tau, dt, integration }: Params, neuron: number): number =>
  integration === 'exact' ? Math.exp(-dt / forNeuron(tau, neuron)) : 1 - dt / forNeuron(tau, neuron);
const height = ({ tau, amplitude, dt, integration }: Params, neuron: number): number =>
  forNeuron(amplitude, neuron) * (integration === 'exact' ? 1 : dt / forNeuron(tau, neuron));

const traceAndParams = shape.chain((sizes) => tuple(numbers(sizes, eighth), traceParams(neuronsOf(sizes))));
const traceSpikesAndParams = shape.chain((sizes) =>
  tuple(numbers(sizes, eighth), numbers(sizes, constantFrom(0, 0, 1, 0.5)), traceParams(neuronsOf(sizes))),
);

describe('traces', () => {
  testValues('decayTrace', library.decayTrace, traceAndParams, (trace, params) =>
    each(trace, (old, _, neuron) => old * kept(params as Params, neuron)),
  );
  testValues('traceStep', library.traceStep, traceSpikesAndParams, (trace, spikes, params) =>
    each(trace, (old, index, neuron) => {
      const z = spikes.values[index] ?? 0;
      const before = params.traceMode === 'nearest' && z !== 0 ? 0 : old * kept(params as Params, neuron);
      return before + z * height(params as Params, neuron);
    }),
  );
  const linear = record({ decay: constantFrom(0, 0.25, 0.8, 1), amplitude: eighth });
  testValues(
    'linearTraceStep',
    library.linearTraceStep,
    shape.chain((sizes) => tuple(numbers(sizes, eighth), numbers(sizes, eighth), linear)),
    (trace, spikes, { decay, amplitude }) => each(trace, (old, index) => decay * old + amplitude * (spikes.values[index] ?? 0)),
  );
  testValues(
    'tauOfDecay',
    library.tauOfDecay,
    tuple(between(0.01, 0.99), between(0.1, 10)),
    (decay, dt) => -dt / Math.log(decay),
  );
});

describe('ages', () => {
  testValues('initSpikeAges', library.initSpikeAges, tuple(shape), (sizes) =>
    held(sizes, Array(sizes.reduce((product: number, length) => product * length, 1)).fill(Number.POSITIVE_INFINITY)),
  );
  const age = constantFrom(0, 1, 17, 2 ** 24 - 1, 2 ** 24, 2 ** 24 + 2, 2 ** 30, Number.POSITIVE_INFINITY);
  testValues(
    'spikeAgesStep',
    library.spikeAgesStep,
    shape.chain((sizes) => tuple(numbers(sizes, age), numbers(sizes, spike))),
    (ages, spikes) =>
      each(ages, (old, index) => (spikes.values[index] === 1 ? 0 : old >= 2 ** 24 ? Number.POSITIVE_INFINITY : old + 1)),
  );
});

describe('delay lines', () => {
  testValues('initDelayLine', library.initDelayLine, tuple(shape, integer({ min: 0, max: 4 })), (sizes, maxDelay) => {
    const all = [maxDelay + 1, ...sizes];
    return held(all, Array(all.reduce((product, length) => product * length, 1)).fill(0));
  });
  const step = tuple(shape, integer({ min: 1, max: 4 })).chain(([sizes, length]) =>
    tuple(
      numbers(sizes, spike),
      numbers([length, ...sizes], spike),
      sizes.length === 0 ? integer({ min: 0, max: length - 1 }) : numbers(sizes, constantFrom(0, 1, 2, 0.4, 9)),
    ),
  );
  testValues('delayLineStep', library.delayLineStep, step, (spikes, line, delay) => {
    const count = spikes.values.length;
    const next = [...spikes.values, ...line.values].slice(0, line.values.length);
    const arriving = spikes.values.map((_, index) => {
      const steps = typeof delay === 'number' ? delay : (delay.values[index] ?? 0);
      return Number.isInteger(steps) ? (next[steps * count + index] ?? 0) : 0;
    });
    return [held(spikes.shape, arriving), held(line.shape, next)];
  });
});

describe('records', () => {
  testValues(
    'historyLength',
    library.historyLength,
    tuple(constantFrom(0, 2, 3), constantFrom(0.5, 1)),
    (longest, dt) => longest / dt + 1,
  );
  const init = tuple(shape, integer({ min: 1, max: 3 }), constantFrom(0, 1, Number.POSITIVE_INFINITY), constantFrom(0, 1)).filter(
    ([sizes, , , axis]) => sizes.length >= axis,
  );
  testValues('initHistory', library.initHistory, init, (sizes, length, fill, axis) => {
    const all = [...sizes.slice(0, axis), length, ...sizes.slice(axis)];
    return held(all, Array(all.reduce((product, axisLength) => product * axisLength, 1)).fill(fill));
  });
  const recorded = tuple(size, integer({ min: 1, max: 3 }), size);
  testValues(
    'pushHistory',
    library.pushHistory,
    recorded.chain(([batch, length, neurons]) =>
      tuple(numbers([batch, length, neurons], eighth), numbers([batch, neurons], eighth)),
    ),
    (history, value) => {
      const [batch = 0, length = 0, neurons = 0] = history.shape;
      const samples = Array.from({ length: batch }, (_, sample) => [
        ...value.values.slice(sample * neurons, (sample + 1) * neurons),
        ...history.values.slice(sample * length * neurons, (sample * length + length - 1) * neurons),
      ]);
      return held(history.shape, samples.flat());
    },
  );
  testValues(
    'readHistory',
    library.readHistory,
    recorded.chain(([batch, length, neurons]) =>
      tuple(numbers([batch, length, neurons], eighth), numbers([batch, neurons], integer({ min: 0, max: length - 1 }))),
    ),
    (history, steps) => {
      const [, length = 0, neurons = 0] = history.shape;
      const read = steps.values.map((step, index) => {
        const [sample, neuron] = [Math.floor(index / neurons), index % neurons];
        return history.values[(sample * length + step) * neurons + neuron] ?? Number.NaN;
      });
      return held(steps.shape, read);
    },
  );
  const sampling = record({ dt: constantFrom(0.5, 1), interpTolerance: constantFrom(0, 0.01) });
  const time = constantFrom(0, 0.25, 0.5, 0.75, 1, 2.25, 3);
  const older = (value: number, dt: number) => Math.ceil(value / dt);
  testValues(
    'sampleBefore',
    library.sampleBefore,
    shape.chain((sizes) => tuple(numbers(sizes, time), sampling)),
    (times, { dt }) => ({
      steps: each(times, (value) => older(value, dt)),
      elapsed: each(times, (value) => older(value, dt) * dt - value),
    }),
  );
  testValues(
    'heldSample',
    library.heldSample,
    shape.chain((sizes) => tuple(numbers(sizes, time), sampling, constantFrom('previous', 'nearest'))),
    (times, { dt }, interpolation) =>
      each(times, (value) =>
        interpolation === 'previous' ? older(value, dt) : older(value, dt) - Number(older(value, dt) * dt - value > dt / 2),
      ),
  );
});

describe('means and interpolations', () => {
  const two = shape.chain((sizes) => tuple(numbers(sizes, eighth), numbers(sizes, eighth)));
  testValues(
    'runningMean',
    library.runningMean,
    tuple(two, integer({ min: 1, max: 9 })).map(([[mean, value], count]) => [mean, value, count] as [Numbers, Numbers, number]),
    (mean, value, count) => each(mean, (old, index) => old + ((value.values[index] ?? 0) - old) / count),
  );
  testValues(
    'exponentialMean',
    library.exponentialMean,
    tuple(two, constantFrom(0, 0.25, 1)).map(([[mean, value], alpha]) => [mean, value, alpha] as [Numbers, Numbers, number]),
    (mean, value, alpha) => each(mean, (old, index) => alpha * (value.values[index] ?? 0) + (1 - alpha) * old),
  );
  const form = constantFrom('previous', 'next', 'nearest', 'linear', 'expDecay');
  const between4 = shape.chain((sizes) =>
    tuple(
      numbers(sizes, eighth),
      numbers(sizes, eighth),
      numbers(sizes, constantFrom(0, 0.5, 1, 1.5, 2)),
      form,
      constant({ dt: 2, tau: 5 }),
    ),
  );
  testValues('interpolate', library.interpolate, between4, (before, after, elapsed, how, { dt, tau }) =>
    each(before, (older, index) => {
      const [newer, since] = [after.values[index] ?? 0, elapsed.values[index] ?? 0];
      const values = {
        previous: older,
        next: newer,
        nearest: since > dt / 2 ? newer : older,
        linear: older + ((newer - older) * since) / dt,
        expDecay: older * Math.exp(-since / tau),
      };
      return values[how];
    }),
  );
});

describe('first spikes', () => {
  testValues(
    'getFirstSpikeTimes',
    library.getFirstSpikeTimes,
    tuple(size, shape, constantFrom(Number.POSITIVE_INFINITY, -1)).chain(([steps, sizes, never]) =>
      tuple(numbers([steps, ...sizes], spike), constant(never)),
    ),
    (spikes, never) => {
      const [steps = 0, ...sizes] = spikes.shape;
      const count = sizes.reduce((product, length) => product * length, 1);
      const first = (neuron: number) =>
        Array.from({ length: steps }, (_, step) => spikes.values[step * count + neuron]).indexOf(1);
      return held(
        sizes,
        Array.from({ length: count }, (_, neuron) => (first(neuron) < 0 ? never : first(neuron))),
      );
    },
  );
  const field = tuple(integer({ min: 1, max: 3 }), integer({ min: 1, max: 3 }), size, integer({ min: 1, max: 3 })).chain(
    ([height, width, channels, kernel]) =>
      tuple(
        numbers([height, width, channels], constantFrom(0, 1, 5, Number.POSITIVE_INFINITY)),
        integer({ min: 0, max: height - 1 }),
        integer({ min: 0, max: width - 1 }),
        fc.oneof(constant(kernel), tuple(constant(kernel), integer({ min: 1, max: 2 }))),
        constant(1),
        integer({ min: 0, max: 2 }),
      ),
  );
  testValues('extractReceptiveFieldTimes', library.extractReceptiveFieldTimes, field, (times, y, x, kernel, stride, padding) => {
    const [height = 0, width = 0, channels = 0] = times.shape;
    const [rows, columns] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const seen = Array.from({ length: rows * columns * channels }, (_, index) => {
      const [row, column] = [Math.floor(index / channels / columns), Math.floor(index / channels) % columns];
      const [atY, atX] = [y * stride - padding + row, x * stride - padding + column];
      const inside = atY >= 0 && atY < height && atX >= 0 && atX < width;
      return inside ? (times.values[(atY * width + atX) * channels + (index % channels)] ?? 0) : Number.POSITIVE_INFINITY;
    });
    return held([rows, columns, channels], seen);
  });
});

describe('sensors', () => {
  testValues('initStdpSensorState', library.initStdpSensorState, tuple(shape, shape));
  const sensor = tuple(size, integer({ min: 1, max: 3 }), integer({ min: 1, max: 3 })).chain(([batch, pre, post]) =>
    tuple(
      numbers([batch, pre], spike),
      numbers([batch, post], spike),
      record({ aPre: numbers([batch, pre], eighth), aPost: numbers([batch, post], eighth) }),
      record({
        etaPlus: perNeuron(eighth, pre),
        etaMinus: perNeuron(eighth, post),
        tauPre: perNeuron(between(1, 30), pre),
        tauPost: perNeuron(between(1, 30), post),
        dt: constantFrom(0.5, 1),
      }),
    ),
  );
  testValues(
    'stdpSensorStep',
    library.stdpSensorStep,
    sensor,
    (zPre, zPost, { aPre, aPost }, { etaPlus, etaMinus, tauPre, tauPost, dt }) => ({
      aPre: each(
        aPre,
        (old, index, neuron) =>
          old * (1 - dt / forNeuron(tauPre, neuron)) + forNeuron(etaPlus, neuron) * (zPre.values[index] ?? 0),
      ),
      aPost: each(
        aPost,
        (old, index, neuron) =>
          old * (1 - dt / forNeuron(tauPost, neuron)) + forNeuron(etaMinus, neuron) * (zPost.values[index] ?? 0),
      ),
    }),
  );
});
