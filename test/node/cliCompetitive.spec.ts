import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { digitFiles, raising, stdp, writeFolder } from './program.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-competitive-'));
afterAll(() => rmSync(root, { recursive: true }));
const at = (name: string): string => join(root, name);

const data = writeFolder(at('digits'), digitFiles(300, 100));
const settings = ['learning.images=6000', 'layer.thetaPlus=0.05'].flatMap((setting) => ['--set', setting]);
const train = (out: string): readonly string[] => [
  ...['train', '--preset', 'diehlCook2015', '--data', data, '--neurons', '40', ...settings],
  ...['--json', '--out', at(out)],
];

interface SavedRun {
  readonly status: string;
  readonly kind: string;
  readonly training: { readonly imagesSeen: number };
  readonly score?: { readonly accuracy: number };
}
const runOf = (out: string): SavedRun => JSON.parse(readFileSync(join(at(out), 'run.json'), 'utf8')) as SavedRun;
const weightsOf = (out: string): Buffer => readFileSync(join(at(out), 'weights.bin'));

describe('a competitive network', () => {
  const whole = stdp(train('whole'));

  it('learns, and tells what came of it as one line of JSON', async () => {
    const { code, out, err } = await whole;
    expect(code, err).toBe(0);
    const result = JSON.parse(out) as { readonly [name: string]: unknown };
    expect(result).toMatchObject({
      status: 'complete',
      preset: 'diehlCook2015',
      seed: 1,
      accuracy: runOf('whole').score?.accuracy,
    });
    expect(result['accuracy']).toBe(0.48); // as recorded; chance is 0.1
    expect(runOf('whole')).toMatchObject({ kind: 'competitive', training: { imagesSeen: 6000 } });
    expect(err).toContain('spikes an image');
  });

  it('leaves a folder with weights, a picture and a report', async () => {
    await whole;
    const files = ['receptive-fields-layer1.png', 'report.html', 'run.json', 'weights.bin', 'weights.json'];
    expect(readdirSync(at('whole')).sort()).toEqual(files);
    const report = readFileSync(join(at('whole'), 'report.html'), 'utf8');
    expect(report.includes('data:image/png;base64,')).toBe(true);
    for (const text of ['The first test image, of class', 'Spikes of the layer while it learned'])
      expect(report.includes(text), text).toBe(true);
    expect(report.includes('NaN')).toBe(false);
  });

  it('is tested again by evaluate, to the last digit', async () => {
    await whole;
    const { code, out, err } = await stdp(['evaluate', at('whole'), '--data', data, '--json']);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ...runOf('whole').score, images: 100 });
  });

  it('interrupted, goes on to the same weights and accuracy', async () => {
    await whole;
    const stopped = await stdp(train('part'), { env: raising('learn', 'SIGINT') });
    expect(stopped.code, stopped.err).toBe(130);
    const { status, training } = runOf('part');
    expect(status).toBe('interrupted');
    expect(training.imagesSeen).toBeLessThan(6000);
    const report = readFileSync(join(at('part'), 'report.html'), 'utf8');
    expect(report).not.toMatch(/class –|stand for no class|of a class in one colour/);
    expect(report).toContain('time (ms)');
    expect((await stdp(['evaluate', at('part')])).err).toMatch(/^error: .*was interrupted before.*\n$/);
    const { code, err } = await stdp(['train', '--resume', at('part')]);
    expect(code, err).toBe(0);
    expect(weightsOf('part').equals(weightsOf('whole'))).toBe(true);
    expect(runOf('part').score).toEqual(runOf('whole').score);
  });
});
