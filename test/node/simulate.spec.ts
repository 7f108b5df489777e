import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { raising, stdp } from './program.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-simulate-'));
afterAll(() => rmSync(root, { recursive: true }));

const cells = { size: 40, neuron: 'condLif', params: { current: 200 } };
const sparse = { wiring: { type: 'sparse', probability: 0.2 } };
const circuit = {
  dt: 0.1,
  populations: { e: cells, i: { ...cells, size: 10 } },
  projections: {
    ee: { from: 'e', to: 'e', receptor: 'ampa', weight: 1, ...sparse },
    ie: { from: 'i', to: 'e', receptor: 'gaba', weight: 10, ...sparse },
  },
};
const file = join(root, 'ei.json');
writeFileSync(file, JSON.stringify(circuit));
writeFileSync(join(root, 'damaged.json'), '{ "dt": ');
writeFileSync(
  join(root, 'deaf.json'),
  JSON.stringify({ ...circuit, populations: { ...circuit.populations, in: { size: 2, source: 'input' } } }),
);
writeFileSync(join(root, 'wrong.json'), JSON.stringify({ ...circuit, projections: { ee: { from: 'e', to: 'f' } } }));

/** Everything a folder holds. */
const contents = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

const simulate = (args: readonly string[], env?: NodeJS.ProcessEnv) =>
  stdp(['simulate', ...args], { cwd: root, ...(env !== undefined && { env }) });

describe('stdp simulate', () => {
  it('leaves results, pictures and a report, and tells them as JSON; the same seed, the same files', async () => {
    const { code, out } = await simulate([file, '--seconds', '0.4', '--seed', '3', '--json']);
    const results = JSON.parse(out);
    expect(code).toBe(0);
    expect(results).toMatchObject({ name: 'ei', seed: 3, seconds: 0.4, steps: 4000, out: 'runs/ei-seed3' });
    const { size, spikes, rate } = results.populations.e;
    expect([size, rate]).toEqual([40, spikes / 40 / 0.4]);
    expect(results.rates.i.time).toEqual([0.1, 0.2, 0.3, 0.4]);
    const files = ['report.html', 'results.json', 'simulation.json', 'state.safetensors'];
    expect(readdirSync(join(root, 'runs/ei-seed3'))).toEqual(
      expect.arrayContaining([...files, 'raster.svg', 'rates.svg', 'intervals.svg']),
    );
    await simulate([file, '--seconds', '0.4', '--seed', '3']);
    expect(contents(join(root, 'runs/ei-seed3-2'))).toEqual(contents(join(root, 'runs/ei-seed3')));
  });

  it('goes on bit for bit where it was interrupted', async () => {
    const asked = [file, '--seconds', '2'];
    await simulate([...asked, '--out', 'whole']);
    const cut = await simulate([...asked, '--out', 'cut'], raising('simulate', 'SIGTERM'));
    expect(cut.code).toBe(143);
    expect(existsSync(join(root, 'cut/results.json'))).toBe(false);
    expect((await simulate(['--resume', 'cut'])).code).toBe(0);
    expect(contents(join(root, 'cut'))).toEqual(contents(join(root, 'whole')));
    expect((await simulate(['--resume', 'cut'])).out).toContain('Complete already');
  });

  it.each([
    [[], 'circuit is missing'],
    [['vogels'], 'Did you mean vogels2011?'],
    [['damaged.json'], 'damaged.json holds no JSON'],
    [['wrong.json'], 'projections.ee.to'],
    [['deaf.json'], "populations.in.source is 'input', which nobody gives here"],
    [['--resume', 'nowhere'], 'nowhere has no simulation.json'],
    [['--resume', 'cut', '--seed', '2'], '--seed is that of the simulation to resume'],
    [['ei.json', '--out', '.'], 'working directory'],
    [['ei.json', '--seconds', '0'], '--seconds'],
    [['ei.json', '--seconds', '1.00005'], 'must be a whole number of steps of 0.1 ms'],
    [['ei.json', '--seconds', '1e-9'], 'must be a whole number of steps'],
    [['ei.json', '--seconds', '1e12'], 'must be a whole number of steps'],
  ])('%j is refused in one line', async (args, problem) => {
    const { code, err } = await simulate(args);
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(problem);
  });
});
