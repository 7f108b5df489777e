import { describe, expect, it } from 'vitest';
import { StdpError } from '../../../src/core/errors.js';
import { fork, randomUniform } from '../../../src/core/random.js';
import { untrainedLayer } from '../../../src/networks/competitive/trainCompetitive.js';
import { latencyLayers } from '../../../src/networks/latency/latencyLayers.js';
import { type JobName, startJob } from '../../../src/networks/workers/jobs.js';
import { digits, small } from '../competitive/small.js';
import { randomTimes, tiny } from '../latency/tiny.js';

const times = randomTimes(3);
const competitive = small(20, 3);
const floats = (length: number) => randomUniform(length, 1);

/** Grey images of 4 × 5 pixels. */
const frame = { height: 4, width: 5, channels: 1, planes: 1, mix: Float32Array.of(1) };

/** Layers of an extraction, and their weights. */
const branch = { layers: latencyLayers(tiny(2), times), weights: [floats(54), floats(108)] };

/** A right setup of each job for three images. */
const setups = (): { readonly [name in JobName]: Record<string, unknown> } => ({
  encode: {
    encodings: [{ ...frame, filters: floats(18), size: 3, cutoff: 0, normalizationRadius: 1, bins: 3 }],
    pixels: new Uint8Array(60).fill(9),
    times: new Uint8Array(120),
  },
  extract: {
    times: times.values,
    size: 8 * 7 * 2,
    steps: 6,
    branches: [branch],
    reading: { source: 'contrast', grid: 2, share: 0.7 },
    features: new Float32Array(3 * 4 * 4),
  },
  moments: { values: floats(6), size: 2 },
  hinges: { values: floats(6), mean: floats(2), inverse: floats(2), classes: 2, labels: Uint8Array.of(0, 1, 1) },
  classify: {
    values: floats(6),
    mean: floats(2),
    inverse: floats(2),
    classes: 2,
    point: new Float64Array(6),
    predicted: new Float32Array(3),
  },
  largest: { values: floats(15), size: 5 },
  sortSpikes: { values: floats(15), scale: floats(5) },
  race: { values: floats(15), scale: floats(5), weights: floats(10), threshold: 0.5, answers: new Float32Array(6) },
  vote: { values: floats(15), size: 5, weights: floats(10), voters: 2, answers: new Float32Array(12) },
  answer: {
    spec: competitive,
    learned: untrainedLayer(competitive, 784, 1),
    pixels: digits.pixels.slice(0, 3 * 784),
    size: 784,
    spikes: fork(1, 0),
  },
});

const update = { hinges: new Float64Array(6) } as const;
const names = Object.keys(setups()) as readonly JobName[];

/** Takes a job up with another setup and does a piece of it. */
async function work(name: JobName, setup: unknown, to = 3): Promise<unknown> {
  const job = await startJob(name, setup as never);
  return job(0, to, (name === 'hinges' ? update.hinges : undefined) as never);
}

describe.each(names)('%s', (name) => {
  it('does its work with what is right', async () => {
    expect(await work(name, setups()[name])).toBeDefined();
  });

  it('refuses images that there aren’t', async () => {
    await expect(work(name, setups()[name], 4)).rejects.toThrow('pool: images up to 3 are asked for, there are 3');
  });

  it('refuses a setup that is none', async () => {
    for (const odd of [undefined, null, 5, 'text', []])
      await expect(work(name, odd)).rejects.toThrow(`pool: ${name} must be a record`);
  });

  it('names what is missing, of another kind or of another length', async () => {
    const right = setups()[name];
    for (const [field, value] of Object.entries(right)) {
      const shorter = ArrayBuffer.isView(value) && 'subarray' in value ? (value as Uint8Array).subarray(1) : undefined;
      for (const odd of [undefined, Number.NaN, -1, 'text', {}, shorter]) {
        const named = await work(name, { ...right, [field]: odd }).then(
          () => 'no refusal',
          (reason) => reason,
        );
        expect(named, `${name}.${field} = ${String(odd)}`).toBeInstanceOf(StdpError);
        expect(named).toMatchObject({ where: 'pool' });
      }
    }
  });
});

it.each<readonly [JobName, object, string]>([
  [
    'encode',
    { encodings: [{ ...frame, filters: floats(9), size: 3 }] },
    'encode.encodings[0].filters has 9 entries, the job needs 18',
  ],
  ['encode', { pixels: new Float32Array(60) }, 'encode.pixels must be a Uint8Array'],
  [
    'extract',
    { branches: [{ ...branch, weights: [floats(54), floats(107)] }] },
    'extract.branches[0].weights.1 has 107 entries, the job needs 108',
  ],
  ['extract', { size: 8 * 7 }, 'extract.branches[0].layers has 56 entries, layer 0 needs 112'],
  ['extract', { reading: { source: 'Contrast', grid: 2, share: 1 } }, 'extract.reading.source must be one of'],
  ['hinges', { labels: Uint8Array.of(0, 1, 2) }, 'hinges.labels holds 2, there are 2 classes'],
  ['classify', { point: new Float64Array(5) }, 'classify.point has 5 entries, the read-out needs 6'],
  ['moments', { values: Uint8Array.of(1, 2) }, 'moments.values must be a Float32Array'],
  ['answer', { size: 785 }, 'answer.pixels has 2352 entries, which are no whole rows of 785'],
  ['answer', { spikes: 'a' }, 'answer.spikes must be an integer ≥ 0 or a random generator'],
])('%s says so: %o', async (name, change, problem) => {
  await expect(work(name, { ...setups()[name], ...change })).rejects.toThrow(`pool: ${problem}`);
});

it('hinges want a point of their size', async () => {
  const job = await startJob('hinges', setups().hinges as never);
  expect(() => job(0, 3, new Float64Array(5) as never)).toThrow('pool: hinges.point has 5 entries, the read-out needs 6');
});
