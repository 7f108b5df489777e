import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../../src/cli/commandLine.js';
import { digitFiles, here, small, stdp, writeFolder } from '../program.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-threads-'));
afterAll(() => rmSync(root, { recursive: true }));

const data = writeFolder(join(root, 'digits'), digitFiles(120, 60));
const latency = ['train', '--data', data, '--workers', '2', ...small];
const competitive = [
  ...['train', '--data', data, '--workers', '2', '--preset', 'diehlCook2015', '--neurons', '10'],
  ...['--set', 'learning.images=20', '--set', 'input.duration=50'],
];
const preload = new URL('./breakDown.mjs', import.meta.url).href;

/** Trains with threads that break down at a job. */
const broken = (args: readonly string[], out: string, at: string, by: string) =>
  stdp([...args, '--out', join(root, out)], { env: { NODE_OPTIONS: `--import=${preload}`, BREAK_AT: at, BREAK_BY: by } });

const weightsOf = (out: string): Buffer => readFileSync(join(root, out, 'weights.bin'));
const statusOf = (out: string): unknown =>
  (JSON.parse(readFileSync(join(root, out, 'run.json'), 'utf8')) as { readonly status: string }).status;

describe('a run whose threads break down', () => {
  it.each([
    ['exit', 'extract', /error: thread [12] ended by itself with exit code 0/, latency],
    ['throw', 'hinges', /error: thread [12] broke down: thrown in a thread/, latency],
    ['exit', 'classify', /error: thread [12] ended by itself with exit code 0/, latency],
    ['exit', 'answer', /error: thread [12] ended by itself with exit code 0/, competitive],
  ])('by %s at “%s” says so, and keeps what was learned', async (by, at, why, args) => {
    const { code, out, err } = await broken(args, at, at, by);
    expect(err).toMatch(why);
    expect(err).toContain(
      `What was learned before it failed is saved in ${join(root, at)}. Go on with: ${commandLine(['train', '--resume', join(root, at)], here)}`,
    );
    expect([code, out]).toEqual([2, '']);
    expect(statusOf(at)).toBe('interrupted');
  });

  it.each([
    ['extract', latency],
    ['answer', competitive],
  ])('at “%s” goes on from there to what it would have come to', async (at, args) => {
    const resumed = await stdp(['train', '--resume', join(root, at)]);
    expect(resumed.code, resumed.err).toBe(0);
    const whole = await stdp([...args, '--out', join(root, `${at}, whole`)]);
    expect(whole.code, whole.err).toBe(0);
    expect(weightsOf(at).equals(weightsOf(`${at}, whole`))).toBe(true);
  });

  it('before anything was learned leaves nothing behind', async () => {
    const { code, err } = await broken(latency, 'early', 'encode', 'throw');
    expect([code, err]).toEqual([2, expect.stringContaining('error: thread ')]);
    expect(existsSync(join(root, 'early'))).toBe(false);
  });

  it('for want of memory says so', async () => {
    const env = { NODE_OPTIONS: `--import=${preload} --max-old-space-size=200`, BREAK_AT: 'encode', BREAK_BY: 'memory' };
    const { code, err } = await stdp([...latency, '--out', join(root, 'memory')], { env });
    expect([code, err]).toEqual([2, expect.stringMatching(/error: thread [12] broke down: .*memory limit/)]);
  });
});
