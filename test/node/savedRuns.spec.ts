import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow, StdpError } from '../../src/core/errors.js';
import { digitDataSet } from '../../src/data/digits.js';
import { competitiveRun, latencyRun } from '../../src/io/buildRun.js';
import { latencyKind } from '../../src/io/kinds/latency/latencyKind.js';
import type { LatencyRun } from '../../src/io/kinds/latency/latencyRun.js';
import type { Run } from '../../src/io/kinds/networkKinds.js';
import { loadRun, saveRun } from '../../src/io/runFolder.js';
import { runCompetitive } from '../../src/networks/competitive/competitiveExperiment.js';
import { validateCompetitiveSpec } from '../../src/networks/competitiveSpec/competitiveSpec.js';
import { runExperiment } from '../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';
import { sealed, tinyRun } from './runs.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-saved-'));
afterAll(() => rmSync(root, { recursive: true }));
const at = (name: string): string => join(root, name);
let copies = 0;

async function refused(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
  } catch (reason) {
    expect(reason).toBeInstanceOf(StdpError);
    return (reason as StdpError).message;
  }
  return expect.fail('was not refused');
}

/** A copy of a run whose files somebody changed; with checksums that fit when asked. */
function changed(folder: string, name: string, change: (content: Buffer) => Buffer, fitting = false): string {
  const copy = at(`copy ${copies++}`);
  cpSync(folder, copy, { recursive: true });
  const content = change(readFileSync(join(copy, name)));
  writeFileSync(join(copy, name), content);
  if (!fitting) return copy;
  const run = JSON.parse(readFileSync(join(copy, 'run.json'), 'utf8')) as { checksums: { [file: string]: string } };
  run.checksums[name] = createHash('sha256').update(content).digest('hex');
  writeFileSync(join(copy, 'run.json'), sealed(run));
  return copy;
}
const flipped = (bit: number) => (content: Buffer) => {
  content.writeUInt8(content.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return content;
};

const put = (value: number, offset: number) => (content: Buffer) => {
  content.writeFloatLE(value, offset);
  return content;
};

const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }], readout: { iterations: 3 } }));
const data = digitDataSet(1, 10, 5);
let whole: LatencyRun;
beforeAll(async () => {
  whole = latencyRun(spec, await runExperiment(spec, data, { seed: 1, control: true }), {
    seed: 1,
    data,
    control: true,
    backend: 'cpu',
  });
  saveRun(at('whole'), whole);
});

describe('a run that is written can be read', () => {
  it('of a latency-coded network, whole', async () => {
    expect(whole.status).toBe('complete');
    expect(await loadRun(at('whole'))).toEqual(whole);
  });

  it('of neurons that vote', async () => {
    const readout = { type: 'vote', neurons: 4, epochs: 1 } as const;
    const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }], readout }));
    const run = latencyRun(network, await runExperiment(network, data, { seed: 1 }), { seed: 1, data, backend: 'cpu' });
    saveRun(at('vote'), run);
    expect([run.status, await loadRun(at('vote'))]).toEqual(['complete', run]);
    const { facts } = await latencyKind.pictures(run, data);
    expect(new Map(facts).get('Neurons that vote for')).toMatch(/^0: \d, 1: \d, /);
  });

  it('of before there were several controls', async () => {
    cpSync(at('whole'), at('older'), { recursive: true });
    const { controlled, ...run } = JSON.parse(readFileSync(at('older/run.json'), 'utf8'));
    const { accuracy, confusion } = controlled;
    writeFileSync(at('older/run.json'), sealed({ ...run, control: true, shuffled: { accuracy, confusion } }));
    const own = { kind: 'shuffled', accuracy, confusion, densities: [] };
    expect(await loadRun(at('older'))).toMatchObject({ control: true, controlled: own });
  });

  it('of a competitive layer', async () => {
    const network = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, learning: { images: 5 } }));
    const run = competitiveRun(network, await runCompetitive(network, data, { seed: 1 }), { seed: 1, data, holdout: 2 });
    saveRun(at('competitive'), run);
    expect(await loadRun(at('competitive'))).toEqual(run);
    expect(run.status).toBe('complete');
  });

  it('put together by hand, with training as the experiment returns it', async () => {
    const { training, readout, score } = await runExperiment(spec, data, { seed: 1 });
    const record = {
      ...{
        format: 'tfjs-stdp run 2',
        kind: 'latency',
        status: 'complete',
        network: spec,
        seed: 1,
        control: false,
        backend: 'cpu',
      },
      ...{ data: { name: 'mine', train: 10, holdout: 0, channels: 2 }, score, training },
      arrays: { layers: training.weights, readout },
    } as unknown as Run;
    saveRun(at('by hand'), record);
    const read = await loadRun(at('by hand'));
    expect(read.arrays).toEqual(record.arrays);
    expect(read.training).not.toHaveProperty('weights');
  });

  it('with numbers of which JSON knows nothing', async () => {
    const [layer] = tinyRun().network.layers;
    const network = { ...tinyRun().network, name: 'Infinity', layers: [{ ...layer, etaPlus: -0 }] };
    const run = { ...tinyRun(), network } as LatencyRun;
    saveRun(at('numbers'), run);
    expect(await loadRun(at('numbers'))).toEqual(run);
  });

  it.each<[string, (run: LatencyRun) => object, RegExp]>([
    ['another format', (run) => ({ ...run, format: 'run 1' }), /format/],
    ['another kind', (run) => ({ ...run, kind: 'x' }), /kind must be one of/],
    ['a field that nobody knows', (run) => ({ ...run, note: 'x' }), /note is not a parameter/],
    ['no seed', (run) => ({ ...run, seed: undefined }), /seed must be/],
    ['no network', (run) => ({ ...run, network: undefined }), /network/],
    ['no data', (run) => ({ ...run, data: null }), /data/],
    ['no training', (run) => ({ ...run, training: 5 }), /training must be a record/],
    ['no arrays', (run) => ({ ...run, arrays: undefined }), /must have arrays/],
    ['arrays of something else', (run) => ({ ...run, arrays: { layers: 5 } }), /arrays/],
    ['weights as a list', (run) => ({ ...run, arrays: { ...run.arrays, layers: [[1, 2]] } }), /layer1 must be a Float32Array/],
    [
      'short weights',
      (run) => ({ ...run, arrays: { ...run.arrays, layers: [new Float32Array(3)] } }),
      /its weights are not those/,
    ],
    [
      'weights that are no numbers',
      (run) => ({ ...run, arrays: { ...run.arrays, layers: run.arrays.layers.map((w) => w.map(() => Number.NaN)) } }),
      /layer1 holds values that are not finite/,
    ],
    ['a score of something else', (run) => ({ ...run, score: { accuracy: 3, confusion: [] } }), /accuracy must be a number in/],
    ['no score, though complete', ({ score: _, ...run }) => run, /status is 'complete', and a score is missing/],
    ['no score of the control, though complete', ({ controlled: _, ...run }) => run, /and a score is missing/],
    ['nothing', () => undefined as unknown as object, /must be a record/],
  ])('%s is refused when it is written', async (_, change, message) => {
    const text = await refused(() => saveRun(at('wrong'), change(whole) as Run));
    expect(text).toMatch(/^saveRun: run /);
    expect(text).toMatch(message);
  });
});

describe('a run that is damaged is refused', () => {
  it('by any single bit of its weights, read-out or their index', async () => {
    for (const name of ['weights.bin', 'weights.json']) {
      const bits = 8 * readFileSync(join(at('whole'), name)).length;
      for (let flip = 0; flip < 40; flip++) {
        const bit = (flip * 7919) % bits;
        expect(await refused(() => loadRun(changed(at('whole'), name, flipped(bit)))), `${name}, bit ${bit}`).toMatch(
          /damaged|weights\.bin of/,
        );
      }
    }
  });

  it('by a value that is no number, with a checksum that fits', async () => {
    const { layers, readout } = whole.arrays;
    const before = layers.reduce((sum, values) => sum + values.length, 0);
    for (const [index, wrong] of [
      [0, Number.NaN],
      [before, Number.POSITIVE_INFINITY],
      [before + 2 * (readout !== undefined && 'bias' in readout ? readout.scale.length : 0), Number.NaN],
    ] as const) {
      const copy = changed(at('whole'), 'weights.bin', put(wrong, 4 * index), true);
      expect(await refused(() => loadRun(copy))).toContain('holds values that are not finite numbers');
    }
  });

  it('by any value that run.json tells, or a checksum that is missing; but not by another layout', async () => {
    const told = readFileSync(join(at('whole'), 'run.json'), 'utf8');
    const reread = (text: string) => loadRun(changed(at('whole'), 'run.json', () => Buffer.from(text)));
    const values = [...told.matchAll(/(?<=(?:: |^ +))\d(?=[\d.,\n])/gm)].map(({ index }) => index);
    expect(values.length).toBeGreaterThan(20);
    for (const at of values) {
      const other = told[at] === '1' ? '2' : '1';
      expect(await refused(() => reread(told.slice(0, at) + other + told.slice(at + 1)))).toMatch(/is damaged: /);
    }
    const run = JSON.parse(told) as object;
    for (const checksum of [undefined, null, '', '0'.repeat(64), ['a']])
      expect(await refused(() => reread(JSON.stringify({ ...run, checksum })))).toMatch(/is damaged: run\.json does not have/);
    const turned = Object.fromEntries(Object.entries(run).reverse());
    for (const text of [JSON.stringify(run), JSON.stringify(turned), sealed(turned)]) expect(await reread(text)).toEqual(whole);
  });

  it('without checksums, or with names of files elsewhere', async () => {
    for (const checksums of [undefined, {}, { '../weights.bin': '0'.repeat(64) }, { 'weights.bin': 'x' }]) {
      const change = (content: Buffer) => Buffer.from(sealed({ ...(JSON.parse(content.toString()) as object), checksums }));
      expect(await refused(() => loadRun(changed(at('whole'), 'run.json', change)))).toMatch(/is damaged/);
    }
  });
});
