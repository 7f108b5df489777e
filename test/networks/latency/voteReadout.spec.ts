import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '../../../src/core/errors.js';
import { digitDataSet } from '../../../src/data/digits.js';
import { useKernels } from '../../../src/kernels/tensors/current.js';
import { classifyImage } from '../../../src/networks/classify/classifyImage.js';
import { evaluateNetwork } from '../../../src/networks/latency/evaluateNetwork.js';
import type { Experiment } from '../../../src/networks/latency/experiment.js';
import { runExperiment } from '../../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../../src/networks/latency/spec/networkSpec.js';
import { isByVotes } from '../../../src/networks/readout/readout.js';
import { stoppedAndResumed } from './stopped.js';

afterEach(() => useKernels(true));

const data = digitDataSet(1, 300, 60);
const network = (readout: object) =>
  orThrow(
    validateNetworkSpec({
      name: 'small',
      encoder: { bins: 32 },
      layers: [{ maps: 12, kernelSize: 5, pad: 2, threshold: 8, images: 300, doubleEvery: 50 }],
      readout: { type: 'vote', neurons: 100, epochs: 4, ...readout },
    }),
  );
const spec = network({});

describe('a read-out by votes', () => {
  let run: Experiment;
  beforeAll(async () => {
    run = await runExperiment(spec, data, { seed: 1 });
  });

  it('tells digits apart, and is the same by tests of its own, and image by image', async () => {
    const { training, readout, score } = run;
    if (readout === undefined || !isByVotes(readout)) throw new Error('no read-out');
    expect(score?.accuracy).toBeGreaterThan(0.7);
    expect(await evaluateNetwork(spec, training.weights, readout, data.test, data)).toEqual(score);
    const trained = { kind: 'latency' as const, network: spec, data, arrays: { layers: training.weights, readout } };
    const first = data.test.pixels.subarray(0, 784);
    const { by, values, label } = await classifyImage(trained, first);
    expect([by, values.length, values[label]]).toEqual(['votes', 10, Math.max(...values)]);
    expect(values.reduce((sum, value) => sum + value)).toBeCloseTo(1, 9);
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
    const own = network({ neurons: 5, epochs: 1 });
    const composed = await runExperiment(own, small, { seed: 2 });
    useKernels(true);
    expect((await runExperiment(own, small, { seed: 2 })).score).toEqual(composed.score);
  });
});

it.each<readonly [object, string]>([
  [{ voters: 101 }, 'network.readout: voters must be an integer in [1, 100], got 101'],
  [{ eta: 1 }, 'network.readout: eta must be a number > 0 and < 1, got 1'],
  [{ perClass: 3 }, 'network.readout: perClass is not a parameter'],
])('%o is refused', (readout, problem) => {
  expect(() => network(readout)).toThrow(problem);
});
