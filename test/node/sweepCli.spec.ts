import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { raising, stdp } from './program.js';
import { fewImages, newFolder, specFile, tiny } from './sweeps.js';

const file = specFile({
  data: fewImages(),
  seeds: 2,
  keep: 'best',
  set: { ...tiny, 'layers.0.threshold': [10, 20], 'layers.0.maps': [4, 5] },
});
const [cwd, whole, broken, sliced] = [newFolder(), 'whole', 'broken', 'sliced'];
const run = (...args: string[]) => stdp(['sweep', ...args], { cwd });
const results = async (dir: string) => (await run('results', dir, '--json')).out;

/** Kills a process when the first result of its sweep is on the disk. */
function killAtFirstResult(child: ChildProcess, err: string): void {
  if (!err.endsWith('runs …\n')) return;
  const folder = join(cwd, broken, 'results');
  const timer = setInterval(() => existsSync(folder) && child.kill('SIGKILL'), 5);
  child.on('close', () => clearInterval(timer));
}

describe('stdp sweep', () => {
  it('does the runs of a spec, prints the settings, the best first, and draws them', async () => {
    const { code, out, err } = await run(file, '--out', whole, '--workers', '2');
    expect([code, err]).toEqual([0, expect.stringMatching(/^whole: 8 runs planned\nruns …\nruns: 8\/8, /)]);
    const lines = out.split('\n').filter((line) => / ± .* % {2}2 /.test(line));
    expect(lines.map((line) => line.split(/ {2,}/).slice(-2)).sort()).toEqual([
      ['4', '10'],
      ['4', '20'],
      ['5', '10'],
      ['5', '20'],
    ]);
    expect(lines.map(Number.parseFloat)).toEqual(lines.map(Number.parseFloat).sort((a, b) => b - a));
    const folder = join(cwd, whole);
    const pictures = ['accuracy-layers.0.maps.svg', 'accuracy-layers.0.threshold.svg'];
    expect(readdirSync(folder).sort()).toEqual([...pictures, 'plan.jsonl', 'results', 'runs', 'sweep.json']);
    const kept = readdirSync(join(folder, 'runs'));
    expect(kept).toHaveLength(1);
    expect(readdirSync(join(folder, 'runs', kept[0] ?? ''))).toContain('run.json');
  });

  it('goes on with a sweep that was stopped or killed, and ends as an unbroken one', async () => {
    const args = ['sweep', file, '--out', broken, '--workers', '1'];
    const stopped = await stdp(args, { cwd, env: raising('runs', 'SIGTERM') });
    expect([stopped.code, stopped.err]).toEqual([143, expect.stringMatching(/runs are left\. Go on with: .* sweep broken\n$/)]);
    const killed = await stdp(args, { cwd, watch: killAtFirstResult });
    expect(killed.code).toBe(137);
    const { code } = await run(broken, '--workers', '2');
    expect([code, await results(broken)]).toEqual([0, await results(whole)]);
  });

  it('does a part without an engine', async () => {
    const planned = await stdp(['sweep', file, '--out', sliced, '--workers', '1'], { cwd, env: raising('runs', 'SIGHUP') });
    expect(planned.code).toBe(129);
    for (const index of ['0', '1']) expect((await run('task', sliced, '--index', index, '--of', '2')).code).toBe(0);
    expect(await results(sliced)).toBe(await results(whole));
    expect((await run('task', sliced, '--index', '2', '--of', '2')).err).toBe('error: --index must be from 0 to 1, got 2\n');
  });

  it('tells of failures by its exit code, and tries them again when it is asked to', async () => {
    const loud = specFile({ data: fewImages(), set: { ...tiny, 'layers.0.threshold': [1e4, 10] } });
    const { code, err } = await run(loud, '--out', 'failing', '--workers', '1');
    expect([code, err]).toEqual([2, expect.stringMatching(/1 failed: .*was silent in all of 20 images/)]);
    expect((await run('task', 'failing', '--index', '0', '--of', '1')).code).toBe(2);
    expect((await run('status', 'failing', '--json')).out).toMatch(
      /"done":1,"failed":1,"left":0,"differs":\[\],"cancelled":false/,
    );
    await run('cancel', 'failing');
    expect((await run(loud, '--out', 'failing')).err).toMatch(/^failing: .*error: failing was called off; take it up with /s);
    expect((await run('retry', 'failing')).out).toMatch(
      /^failing: runs that failed: 1, not done yet: 0; all of them are done by .* sweep failing$/m,
    );
    expect((await run('status', 'failing')).out).toBe('failing: 1 of 2 runs are done, 1 are left\n');
  });

  it('ends as refused when it is called off before all is done, and is taken up again', async () => {
    const off = (_: ChildProcess, err: string): void => {
      if (err.endsWith('runs …\n')) writeFileSync(join(cwd, 'off', 'cancelled'), '');
    };
    const { code, err } = await stdp(['sweep', file, '--out', 'off', '--workers', '1'], { cwd, watch: off });
    const calledOff = 'error: off was called off; take it up with .* sweep retry off\n$';
    expect([code, err]).toEqual([2, expect.stringMatching(new RegExp(`[1-8] of 8 runs are left\\.\n${calledOff}`))]);
    const task = await run('task', 'off', '--index', '7', '--of', '8');
    expect([task.code, task.err]).toEqual([2, expect.stringMatching(calledOff)]);
    await run('retry', 'off');
    expect([(await run('off')).code, await results('off')]).toEqual([0, await results(whole)]);
    writeFileSync(join(cwd, 'off', 'cancelled'), '');
    expect((await run('task', 'off', '--index', '0', '--of', '1')).code).toBe(0);
    expect((await run('retry', 'off')).out).toBe('off: all runs are done\n');
    expect((await run('cancel', 'off')).out).toBe('off: all runs are done, there is nothing to call off\n');
    expect((await run('off')).code).toBe(0);
  });

  it('writes a journal for Optuna, over an earlier one alone', async () => {
    writeFileSync(join(cwd, 'note.log'), 'mine');
    expect((await run('results', whole, '--optuna', 'note.log')).err).toMatch(/^error: note\.log holds something else/);
    expect((await run('results', whole, '--optuna', 'optuna.log')).code).toBe(0);
    expect((await run('results', whole, '--optuna', 'optuna.log')).code).toBe(0);
    expect(readFileSync(join(cwd, 'optuna.log'), 'utf8').split('\n')).toHaveLength(10);
  });

  it('refuses what it cannot do in one line, and plans nothing then', async () => {
    const line = async (...args: string[]) => (await run(...args)).err;
    const bad = specFile({ set: { 'layers.0.maps': [0] } });
    expect(await line(bad, '--out', 'bad')).toMatch(
      /^error: set \{ layers\.0\.maps = 0 \} can't be: network\.layers\[0\]: maps must be .*\n$/,
    );
    expect(await line('nowhere.json')).toMatch(/^error: nowhere\.json can't be read: ENOENT.*\n$/);
    expect(await line(file, '--engine', 'magic')).toMatch(/^error: --engine must be one of local.*, got magic\n$/);
    expect(await line('results', whole, '--csv', '--json')).toMatch(
      /^error: --json and --csv are different forms: give one of them\n$/,
    );
    expect(['bad', 'sweeps'].some((name) => existsSync(join(cwd, name)))).toBe(false);
  });
});
