import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet } from '../../../src/data/digits.js';
import { useKernels } from '../../../src/kernels/tensors/current.js';
import { classifyImage } from '../../../src/networks/classify/classifyImage.js';
import { evaluateNetwork } from '../../../src/networks/latency/evaluateNetwork.js';
import type { Experiment } from '../../../src/networks/latency/experiment.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { isByFirstSpikes } from '../../../src/networks/readout/readout.js';
import { stoppedAndResumed } from './stopped.js';

const data = digitDataSet(1, 300, 60);
const network = (readout: object) =>
  orThrow(
    validateNetworkSpec({
      name: 'small',
      encoder: { bins: 32 },
      layers: [{ maps: 12, kernelSize: 5, pad: 2, threshold: 8, images: 300, doubleEvery: 50 }],
      readout: { type: 's2Stdp', perClass: 3, epochs: 6, ...readout },
    }),
  );
const spec = network({});
let run: Experiment;
beforeAll(async () => {
  run = await runExperiment(spec, data, { seed: 1 });
});
afterEach(() => useKernels(true));

describe('a read-out by first spikes', () => {
  it('tells digits apart, its neurons weigh what they did at first, and it is known who answers', () => {
    const { readout, score } = run;
    if (readout === undefined || !isByFirstSpikes(readout)) throw new Error('no read-out');
    expect(score?.accuracy).toBeGreaterThan(0.7);
    const size = 16 * 12;
    const sums = Array.from({ length: 30 }, (_, neuron) =>
      readout.weights.subarray(neuron * size, (neuron + 1) * size).reduce((sum, weight) => sum + weight, 0),
    );
    for (const sum of sums) expect(Math.abs(sum - 0.3 * size)).toBeLessThan(5 * 0.01 * Math.sqrt(size));
    expect(readout.answers.reduce((sum, count) => sum + count)).toBe(300);
    expect(readout.times.every((time) => time > 0 && time <= 1)).toBe(true);
  });

  it('is the same by tests of its own, and image by image', async () => {
    const { training, readout, score } = run;
    if (readout === undefined) throw new Error('no read-out');
    expect(await evaluateNetwork(spec, training.weights, readout, data.test, data)).toEqual(score);
    const trained = { kind: 'latency' as const, network: spec, data, arrays: { layers: training.weights, readout } };
    const first = data.test.pixels.subarray(0, 784);
    const { by, values, label } = await classifyImage(trained, first);
    expect([by, values.length, values[label]]).toEqual(['firstSpikes', 10, Math.max(...values)]);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const one = { ...data.test, pixels: first, labels: data.test.labels.subarray(0, 1), count: 1 };
    const { confusion } = await evaluateNetwork(spec, training.weights, readout, one, data);
    expect(confusion[data.test.labels[0] ?? 0]?.indexOf(1)).toBe(label);
  });

  it('goes on from where it was kept, with the same bits', async () => {
    expect(await stoppedAndResumed(spec, data, 600)).toEqual(run);
  });

  it('is the same without kernels for the layers', async () => {
    useKernels(false);
    const small = digitDataSet(1, 12, 4);
    const own = network({ perClass: 1, epochs: 1 });
    const composed = await runExperiment(own, small, { seed: 2 });
    useKernels(true);
    expect((await runExperiment(own, small, { seed: 2 })).score).toEqual(composed.score);
  });
});

it.each<readonly [object, string]>([
  [{ perClass: 2, targets: 3 }, 'network.readout: targets must be an integer in [1, 2], got 3'],
  [{ perClass: 0 }, 'network.readout: perClass must be an integer in [1, 1000], got 0'],
  [{ source: 'spikes' }, 'network.readout: source is not a parameter'],
  [{ threshold: 0 }, 'network.readout: threshold must be a number > 0, got 0'],
])('%o is refused', (readout, problem) => {
  expect(() => network(readout)).toThrow(problem);
});

it('one neuron of several is no target unless it is told otherwise', () => {
  const { readout } = network({ perClass: 5 });
  expect(readout).toMatchObject({ type: 's2Stdp', perClass: 5, targets: 4, grid: 4 });
  expect(network({ perClass: 1, type: 'sstdp' }).readout).toMatchObject({ type: 'sstdp', targets: 1 });
});

it('another type is refused', () => {
  const other = () => orThrow(validateNetworkSpec({ name: 'other', layers: [{}], readout: { type: 'votes' as never } }));
  expect(other).toThrow("network.readout: type must be one of 'linear', 's2Stdp', 'sstdp', 'vote', got \"votes\"");
});
