import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateDigits } from '../../src/data/digits.js';
import { saveRun } from '../../src/io/runFolder.js';
import { digitFiles, idx, small, stdp, writeFolder } from './program.js';
import { sealed, tinyRun } from './runs.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-other-'));
afterAll(() => rmSync(root, { recursive: true }));
const at = (name: string): string => join(root, name);

const own = digitFiles(12, 6);
const data = writeFolder(at('digits'), own);
const refusal = (...said: readonly string[]) => [2, expect.stringMatching(new RegExp(`^error: .*${said.join('.*')}[^\n]*\n$`))];
const ended = async (args: readonly string[]) => {
  const { code, err } = await stdp(args);
  return [code, err];
};

beforeAll(async () => {
  expect((await stdp(['train', '--data', data, ...small, '--out', at('run')])).code).toBe(0);
});

describe('stdp evaluate', () => {
  it('refuses other images unless it is told to take them', async () => {
    const other = writeFolder(at('other'), { ...own, 't10k-labels-idx1-ubyte': idx([6], Uint8Array.of(0, 1, 2, 3, 4, 5)) });
    expect(await ended(['evaluate', at('run'), '--data', other])).toEqual(
      refusal('was made with other test images than those of other', '--other-data'),
    );
    expect((await stdp(['evaluate', at('run'), '--data', other, '--other-data'])).code).toBe(0);
  });

  it('refuses images of another size', async () => {
    const pixels = new Uint8Array(6 * 20 * 20).fill(9);
    const files = {
      't10k-images-idx3-ubyte': idx([6, 20, 20], pixels),
      'train-images-idx3-ubyte': idx([6, 20, 20], pixels),
      'train-labels-idx1-ubyte': idx([6], new Uint8Array(6)),
      't10k-labels-idx1-ubyte': idx([6], new Uint8Array(6)),
    };
    const tiny = writeFolder(at('20 × 20'), files);
    expect(await ended(['evaluate', at('run'), '--data', tiny, '--other-data'])).toEqual(
      refusal('has images of 20 × 20 pixels, the run is of 28 × 28'),
    );
  });

  it('refuses the data of the run once they have changed', async () => {
    const moving = writeFolder(at('moving'), own);
    expect((await stdp(['train', '--data', moving, ...small, '--out', at('moved')])).code).toBe(0);
    const others = generateDigits(6, 99);
    writeFolder(moving, {
      't10k-images-idx3-ubyte': idx([6, 28, 28], others.pixels),
      't10k-labels-idx1-ubyte': idx([6], Uint8Array.from(others.labels)),
    });
    expect(await ended(['evaluate', at('moved')])).toEqual(refusal('was made with other test images'));
  });

  it.each([
    ['generated digits', 'of which it knows no more', {}],
    ['mine', 'without checksums', undefined],
  ])('does not test a run of images of its own (%s, %s) on the digits that it could draw', async (name, _, given) => {
    const { readout: __, ...arrays } = { ...tinyRun().arrays, readout: undefined };
    const checksums = { train: 'a'.repeat(64), test: 'b'.repeat(64) };
    const readout = {
      classes: 10,
      ...{
        mean: new Float32Array(32),
        scale: new Float32Array(32).fill(1),
        weights: new Float32Array(320),
        bias: new Float32Array(10),
      },
    };
    const run = { ...tinyRun(), data: { ...tinyRun().data, name, ...(given && { checksums }) } };
    saveRun(at(`of ${name}`), { ...run, arrays: { ...arrays, readout } });
    expect(await ended(['evaluate', at(`of ${name}`)])).toEqual(refusal('was made with images of its own', '--data'));
  });

  it('prints no name of a foreign run as it stands', async () => {
    cpSync(at('run'), at('foreign'), { recursive: true });
    const run = JSON.parse(readFileSync(join(at('foreign'), 'run.json'), 'utf8')) as {
      network: { name: string };
      data: { directory: string };
    };
    run.network.name = 'quick\u001b[2J\u009b31m\u202e';
    writeFileSync(join(at('foreign'), 'run.json'), sealed(run));
    const { code, out } = await stdp(['evaluate', at('foreign')]);
    expect(code).toBe(0);
    expect(out).toContain('quick\\u001b[2J\\u009b31m\\u202e on digits');
    expect(out).not.toMatch(/[^\n\P{Cc}]/u);
    run.data.directory = '/nowhere\u001b[2J\u009b31m';
    writeFileSync(join(at('foreign'), 'run.json'), JSON.stringify({ ...run, '\u001b[31m': 1 }));
    expect((await stdp(['evaluate', at('foreign')])).err).toMatch(/^[^\n\p{Cc}]*\\u001b\[31m is not a parameter[^\n\p{Cc}]*\n$/u);
    writeFileSync(join(at('foreign'), 'run.json'), sealed(run));
    expect((await stdp(['evaluate', at('foreign')])).err).toMatch(
      /^[^\n\p{Cc}]*\/nowhere\\u001b\[2J\\u009b31m does not exist\n$/u,
    );
  });
});

describe('stdp train --resume', () => {
  it('refuses other images unless it is told to take them, and finds moved ones with --data', async () => {
    const changing = writeFolder(at('changing'), own);
    let sent = false;
    const slow = ['--set', 'layers.0.maps=1000', '--set', 'readout.grid=1'];
    const stopped = await stdp(['train', '--data', changing, ...small, ...slow, '--out', at('stopped')], {
      watch: (child, err) => {
        if (sent || !err.includes('learn')) return;
        sent = true;
        child.kill('SIGINT');
      },
    });
    expect(stopped.code, stopped.err).toBe(130);
    writeFolder(changing, {
      'train-labels-idx1-ubyte': idx(
        [12],
        Uint8Array.from({ length: 12 }, (_, image) => 9 - (image % 10)),
      ),
    });
    const resume = ['train', '--resume', at('stopped'), '--out', at('resumed')];
    expect(await ended(resume)).toEqual(refusal('was made with other training images than those of changing'));
    expect((await stdp([...resume, '--data', data])).code).toBe(0);
    expect((await stdp([...resume, '--other-data', '--force'])).code).toBe(0);
    expect(await ended(['train', '--other-data'])).toEqual(refusal('--other-data is for --resume'));
  });
});
