import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/commandLine.js';
import { digitFiles, here, type Outcome, raising, stdp, writeFolder } from './program.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-interrupt-'));
afterAll(() => rmSync(root, { recursive: true }));

const data = writeFolder(join(root, 'digits'), digitFiles(60, 30));
const settings = ['layers.0.images=60', 'layers.0.maps=8', 'readout.grid=1', 'readout.iterations=30', 'readout.lambda=1e-6'];
const train = (out: string, more: readonly string[] = []) => [
  'train',
  '--data',
  data,
  ...settings.flatMap((setting) => ['--set', setting]),
  ...more,
  '--out',
  join(root, out),
];

interface Run {
  readonly status: string;
  readonly training: { readonly layer: number; readonly imagesSeen: number };
  readonly score?: { readonly accuracy: number };
}
const runOf = (out: string): Run => JSON.parse(readFileSync(join(root, out, 'run.json'), 'utf8')) as Run;
const weightsOf = (out: string): Buffer => readFileSync(join(root, out, 'weights.bin'));

/** Runs the program, which gets a signal when a stage begins, and again after some time by its clock when asked. */
const interrupted = (args: readonly string[], stage: string, signal: NodeJS.Signals, again?: number): Promise<Outcome> =>
  stdp(args, { env: raising(stage, signal, again) });

beforeAll(async () => {
  const { code, err } = await stdp(train('whole'));
  expect(code, err).toBe(0);
});

it.each<[string, NodeJS.Signals, number]>([
  ['encode training images', 'SIGINT', 130],
  ['learn layer 1', 'SIGTERM', 143],
  ['fit read-out', 'SIGHUP', 129],
])('interrupted in “%s” by %s, a run goes on to the same weights and accuracy', async (stage, signal, exitCode) => {
  const name = `${stage} ${signal}`;
  const { code, err, out } = await interrupted(train(name), stage, signal);
  expect(code, err).toBe(exitCode);
  expect(out).toContain(`Interrupted. Go on with: ${commandLine(['train', '--resume', join(root, name)], here)}`);
  expect(readdirSync(root).filter((entry) => entry.startsWith('.'))).toEqual([]);
  expect(runOf(name)).toMatchObject({ status: 'interrupted' });
  expect(runOf(name).score).toBeUndefined();
  if (stage.startsWith('learn')) {
    expect(runOf(name).training.imagesSeen).toBeGreaterThan(0);
    expect(runOf(name).training.imagesSeen).toBeLessThan(60);
    const { code: tested, err: why } = await stdp(['evaluate', join(root, name)]);
    expect([tested, why]).toEqual([2, expect.stringMatching(/^error: .*was interrupted before.*\n$/)]);
  }
  const resumed = await stdp(['train', '--resume', join(root, name)]);
  expect(resumed.code, resumed.err).toBe(0);
  expect(weightsOf(name).equals(weightsOf('whole'))).toBe(true);
  expect(runOf(name).score).toEqual(runOf('whole').score);
});

it('takes the Ctrl-C that npm passes on a second time for one', async () => {
  const { code, err } = await interrupted(train('npm'), 'learn layer 1', 'SIGINT', 50);
  expect(code).toBe(130);
  expect(err.match(/Stopping;/g)).toHaveLength(1);
  expect(runOf('npm').status).toBe('interrupted');
});

it('quits at once at the second Ctrl-C, and can go on from its last checkpoint', async () => {
  const { code } = await interrupted(train('twice'), 'learn layer 1', 'SIGINT', 350);
  expect(code).toBe(130);
  expect(readdirSync(root).filter((entry) => entry.startsWith('.'))).toEqual([]);
  expect(runOf('twice').status).toMatch(/running|interrupted/);
  const resumed = await stdp(['train', '--resume', join(root, 'twice')]);
  expect(resumed.code, resumed.err).toBe(0);
  expect(weightsOf('twice').equals(weightsOf('whole'))).toBe(true);
});

it('ends evaluate at Ctrl-C', async () => {
  const { code, out } = await interrupted(['evaluate', join(root, 'whole')], 'encode test images', 'SIGINT');
  expect({ code, out }).toEqual({ code: 130, out: '' });
});
