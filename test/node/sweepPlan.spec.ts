import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { networkFromJSON } from '../../src/io/kinds/networkJson.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';
import { presets } from '../../src/papers/presets.js';
import { createSweep } from '../../src/sweep/createSweep.js';
import { idOf, planRuns, type RunRequest } from '../../src/sweep/plan.js';
import { sweepDataOf } from '../../src/sweep/sweepData.js';
import { openSweep, readPlan, sweepStatus } from '../../src/sweep/sweepFolder.js';
import { doneResult, fewImages, newFolder, specOf } from './sweeps.js';

const data = { train: 30, holdout: 0 };
const planOf = (given: object) => [...planRuns(specOf(given), data)];
const [request] = planOf({}).map((run) => run.request) as [RunRequest];

describe('a plan', () => {
  it('has the networks of stdp train, complete, seed after seed', () => {
    const runs = planOf({ seeds: [3, 1], set: { 'layers.0.threshold': [20, 30] } });
    expect(runs.map(({ set, request: { seed } }) => [seed, set['layers.0.threshold']])).toEqual([
      [3, 20],
      [3, 30],
      [1, 20],
      [1, 30],
    ]);
    const { network } = presets.digits;
    const layers = network.layers?.map((layer) => ({ ...layer, threshold: 30 })) ?? [];
    const trained = orThrow(validateNetworkSpec({ ...network, layers }));
    expect(networkFromJSON(runs[1]?.request.network)).toEqual(trained);
  });

  it('plans the same run once', () => {
    expect(planOf({ set: { 'layers.0.threshold': [20, 20.0, 25] } })).toHaveLength(2);
  });

  it('scales what a preset scales with its neurons', () => {
    const [swept] = planOf({ preset: 'diehlCook2015', set: { 'layer.neurons': [100] } });
    expect(swept?.id).toBe(planOf({ preset: 'diehlCook2015', neurons: 100 })[0]?.id);
  });

  it('takes Infinity as a text, and a network of its own', () => {
    const network = { layers: [{ maps: 2 }], readout: { grid: 2 } };
    const [run] = [...planRuns(specOf({ preset: undefined, network, name: 'mine' }), data)];
    expect(run?.request).toMatchObject({ kind: 'latency', network: { name: 'mine', readout: { grid: 2 } } });
    const endless = { preset: 'diehlCook2015', set: { 'layer.tauTheta': ['Infinity'] } };
    expect(() => planOf(endless)).toThrow(/layer\.tauTheta = Infinity .* must be a number > 0, got Infinity$/);
  });

  it.each<[object, RegExp]>([
    [{ set: { 'layers.0.maps': [4, 0] } }, /^sweep: set \{ layers\.0\.maps = 0 \} can't be: network\.layers\[0\]: maps must be/],
    [{ set: { 'layers.1.maps': [4] } }, /^sweep: set\.layers\.1\.maps can't be 4: there is no 1, only 0 … 0/],
    [{ set: { 'layers.0.map': [4] } }, /layers\.0\.map = 4 \} can't be: network\.layers\[0\]: map is not a parameter/],
    [{ preset: undefined, network: { layer: 3 } }, /^sweep: network can't be: network: layer/],
    [{ preset: 'diehlCook2015', control: true }, /^sweep: control is not for competitive networks/],
    [{ preset: 'diehlCook2015', backend: 'cpu' }, /^sweep: backend is not for competitive networks/],
  ])('is refused with the name of what is wrong: %j', (given, message) => {
    expect(() => planOf(given)).toThrow(message);
  });

  it('names runs by all that their result depends on', () => {
    expect(idOf(request)).toMatch(/^r[0-9a-f]{32}$/);
    const others: readonly RunRequest[] = [
      { ...request, seed: 2 },
      { ...request, version: '0' },
      { ...request, control: true },
      { ...request, backend: 'cpu' },
      { ...request, network: { ...request.network, more: 1 } },
      { ...request, data: { ...data, train: 31 } },
      { ...request, data: { ...data, holdout: 1 } },
      { ...request, data: { ...data, sha256: 'a', path: '/a' } },
      { ...request, data: { ...data, sha256: 'b', path: '/a' } },
    ];
    expect(new Set([request, ...others].map(idOf)).size).toBe(1 + others.length);
    const [a, b] = ['/a', '/b'].map((path) => ({ ...request, data: { ...data, sha256: 'a', path } }) as RunRequest);
    expect(a && idOf(a)).toBe(b && idOf(b));
    const reordered = Object.fromEntries(Object.entries(request).reverse()) as unknown as RunRequest;
    expect(idOf(reordered)).toBe(idOf(request));
  });
});

describe('the folder of a sweep', () => {
  const few = fewImages();
  const spec = specOf({ data: few, seeds: 2, set: { 'layers.0.threshold': [20, 30] } });

  it('is planned once, and taken up by the same spec, wherever the images lie now', async () => {
    const dir = join(newFolder(), 'deep', 'sweep');
    mkdirSync(join(dirname(dir), '.sweep.0123456789ab.part', 'of a planning that was killed'), { recursive: true });
    const sweep = await createSweep(dir, spec);
    expect(sweep).toEqual({ ...openSweep(dir), runs: 4, spec });
    expect(readdirSync(dir).sort()).toEqual(['plan.jsonl', 'sweep.json']);
    const runs = [...readPlan(sweep)];
    expect(runs).toEqual([...planRuns(spec, await sweepDataOf(spec))]);
    expect(runs.every(({ id, request }) => id === idOf(request))).toBe(true);
    expect(await createSweep(dir, spec)).toEqual(sweep);
    await expect(createSweep(dir, { ...spec, seeds: [1] })).rejects.toThrow('holds a sweep of another spec');
    const moved = join(dirname(few), 'moved');
    renameSync(few, moved);
    await expect(createSweep(dir, spec)).rejects.toThrow(/does not exist/);
    const there = await createSweep(dir, { ...spec, data: moved });
    expect([there.data.path, openSweep(dir).data.path]).toEqual([moved, few]);
    renameSync(moved, few);
    await expect(createSweep(dir, { ...spec, data: fewImages(61) })).rejects.toThrow('of another spec or other data');
    expect(readdirSync(dirname(dir))).toEqual(['sweep']);
  });

  it.each<[string, object, RegExp]>([
    ['a run that cannot be', { set: { 'layers.0.maps': [4, 0] } }, /maps must be/],
    ['more images than there are', { train: 61 }, /^stdp: train asks for 61 images/],
    ['no images', { data: '/nowhere' }, /nowhere does not exist/],
  ])('stays away when it is refused: %s', async (_, given, message) => {
    const parent = newFolder();
    await expect(createSweep(join(parent, 'sweep'), { ...spec, ...specOf({ data: few, ...given }) })).rejects.toThrow(message);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('comes to stand where a link leads, and never in place of the working directory', async () => {
    const [dir, parent] = [newFolder(), newFolder()];
    for (const [to, from] of [
      [dir, 'link'],
      ['gone', 'nowhere'],
    ] as const)
      symlinkSync(to, join(parent, from));
    await createSweep(join(parent, 'link'), spec);
    expect(readdirSync(dir).sort()).toEqual(['plan.jsonl', 'sweep.json']);
    await expect(createSweep(join(parent, 'nowhere'), spec)).rejects.toThrow(/^sweep: .*nowhere is a link that leads nowhere$/);
    const present = process.cwd();
    process.chdir(newFolder());
    try {
      await expect(createSweep('.', spec)).rejects.toThrow('sweep: . is the working directory; name a folder in it');
      expect(readdirSync('.')).toEqual([]);
    } finally {
      process.chdir(present);
    }
    writeFileSync(join(parent, 'note.txt'), 'mine');
    await expect(createSweep(join(parent, 'note.txt'), spec)).rejects.toThrow(
      /^sweep: .*note\.txt is no folder; choose another$/,
    );
  });

  it('leaves what is of somebody else', async () => {
    const dir = newFolder();
    writeFileSync(join(dir, 'note.txt'), 'mine');
    await expect(createSweep(dir, spec)).rejects.toThrow('exists and holds note.txt, which is not of a sweep');
    expect(readdirSync(dir)).toEqual(['note.txt']);
  });

  it('is refused when it is damaged', async () => {
    const dir = newFolder();
    expect(() => openSweep(dir)).toThrow('holds no sweep');
    writeFileSync(join(dir, 'sweep.json'), '{}');
    expect(() => openSweep(dir)).toThrow('has a damaged sweep.json: sweep: format must be');
  });

  it.each<[string, (plan: string) => string, RegExp]>([
    ['cut off', (plan) => plan.slice(0, -10), /plan\.jsonl is damaged: it has 3 runs, 4 were planned$/],
    ['with a line twice', (plan) => `${plan + plan.split('\n')[0]}\n`, /is damaged: it has 5 runs, 4 were planned$/],
    ['with a line that is no run', (plan) => plan.replace(/^.*/, '5'), /is damaged: line 1 is no run$/],
  ])('is refused when its plan is damaged: %s', async (_, damage, message) => {
    const sweep = await createSweep(join(newFolder(), 'sweep'), spec);
    const file = join(sweep.dir, 'plan.jsonl');
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    expect(() => [...readPlan(sweep)]).toThrow(message);
  });

  it('holds a hundred thousand runs in a few files, and counts what came of them', async () => {
    const dir = join(newFolder(), 'many');
    const threshold = Array.from({ length: 50 }, (_, index) => 10 + index);
    const sweep = await createSweep(dir, specOf({ data: few, seeds: 2000, set: { 'layers.0.threshold': threshold } }));
    expect(sweep.runs).toBe(100_000);
    mkdirSync(join(dir, 'results'));
    let [count, lines] = [0, ''];
    for (const { id } of readPlan(sweep)) if (++count % 2 === 0) lines += `${JSON.stringify(doneResult(id))}\n`;
    writeFileSync(join(dir, 'results', 'here.jsonl'), lines);
    expect(count).toBe(100_000);
    expect(sweepStatus(dir)).toMatchObject({ runs: 100_000, done: 50_000, failed: 0, left: 50_000 });
    expect(readdirSync(dir, { recursive: true }).sort()).toEqual(['plan.jsonl', 'results', 'results/here.jsonl', 'sweep.json']);
    expect(existsSync(join(dir, 'runs'))).toBe(false);
  });
});
