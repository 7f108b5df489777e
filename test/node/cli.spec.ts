import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generateDigits } from '../../src/data/digits.js';
import { encodePng } from '../../src/io/fields/png.js';
import { digitFiles, idx, type Outcome, small, stdp, writeFolder } from './program.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-cli-'));
afterAll(() => rmSync(root, { recursive: true }));
const at = (...names: readonly string[]): string => join(root, ...names);

const data = writeFolder(at('digits'), digitFiles());
const packed = writeFolder(at('packed'), digitFiles(), true);

/** A test image as a picture file. */
function picture(index: number, { scale = 1, invert = false } = {}): string {
  const pixels = generateDigits(30, 8).pixels.subarray(784 * index, 784 * (index + 1));
  const side = 28 * scale;
  const large = Uint8Array.from({ length: side ** 2 }, (_, pixel) => {
    const value = pixels[28 * Math.floor(pixel / side / scale) + Math.floor((pixel % side) / scale)] ?? expect.unreachable();
    return invert ? 255 - value : value;
  });
  const path = at(`digit ${index} ${scale} ${invert}.png`);
  writeFileSync(path, encodePng(side, side, large));
  return path;
}

const weightsOf = (folder: string): Buffer => readFileSync(join(folder, 'weights.bin'));

/** The result that `--json` printed: stdout is that one line. */
function resultOf({ code, out, err }: Outcome): { readonly [name: string]: unknown } {
  expect(code, err).toBe(0);
  expect(out.trimEnd()).not.toContain('\n');
  return JSON.parse(out) as { readonly [name: string]: unknown };
}

describe('stdp train', () => {
  const out = at('first');
  const trained = stdp(['train', '--data', data, ...small, '--control', 'shuffled', '--out', out]);

  it('leaves weights, pictures and a report that needs nothing else', async () => {
    const { code, err } = await trained;
    expect(code, err).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      'receptive-fields-layer1.png',
      'report.html',
      'run.json',
      'weights.bin',
      'weights.json',
    ]);
    expect(readFileSync(join(out, 'receptive-fields-layer1.png')).subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const report = readFileSync(join(out, 'report.html'), 'utf8').replaceAll(/xmlns(:\w+)?="[^"]*"/g, '');
    expect(report).not.toMatch(/https?:\/\//);
    expect(report).not.toMatch(/\b(src|href)="(?!data:|#)/);
    expect(report).toContain('data:image/png;base64,');
    expect(readdirSync(root).filter((name) => name.startsWith('.first'))).toEqual([]);
  });

  it('prints both accuracies with --control', async () => {
    const { out: text } = await trained;
    expect(text).toMatch(/Test accuracy \d+\.\d\d %/);
    expect(text).toMatch(/With shuffled weights, at as many spikes: \d+\.\d\d %/);
  });

  it('gives the same weights and accuracy again, from packed files too, as one line of JSON', async () => {
    await trained;
    const again = resultOf(await stdp(['train', '--data', packed, ...small, '--out', at('again'), '--json']));
    const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { readonly score: { readonly accuracy: number } };
    expect(weightsOf(at('again')).equals(weightsOf(out))).toBe(true);
    expect(again).toMatchObject({ status: 'complete', seed: 1, accuracy: run.score.accuracy });
  });

  it('gives other weights for another seed, and writes over a run of its own when asked', async () => {
    await trained;
    resultOf(await stdp(['train', '--data', data, ...small, '--seed', '2', '--out', at('again'), '--force', '--json']));
    expect(weightsOf(at('again')).equals(weightsOf(out))).toBe(false);
  });

  it('is tested again by evaluate, to the last digit', async () => {
    await trained;
    const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { readonly score: object };
    expect(resultOf(await stdp(['evaluate', out, '--data', packed, '--json']))).toMatchObject({ ...run.score, images: 30 });
    const { code, out: text } = await stdp(['evaluate', out]);
    expect(code).toBe(0);
    expect(text).toContain((await trained).out.match(/accuracy (\d+\.\d\d %)/)?.[1]);
  });

  it('tests on held-out training images, and evaluate remembers', async () => {
    const given = ['train', '--data', data, ...small, '--holdout', '20', '--train', '30', '--out', at('held')];
    const { code, out: text } = await stdp(given);
    expect(code).toBe(0);
    expect(text).toContain('30 training images');
    expect(text).toContain('Held-out accuracy');
    expect(resultOf(await stdp(['evaluate', at('held'), '--json']))).toMatchObject({ images: 20 });
  });
});

describe('unusual but sound data', () => {
  const [height, width] = [20, 24];
  const ramp = Uint8Array.from({ length: 6 * height * width }, (_, pixel) => (pixel * 37) % 256);
  const black = new Uint8Array(6 * 28 * 28);
  const labels = Uint8Array.of(0, 1, 2, 0, 1, 2);
  const files = (sizes: readonly [number, number], pixels: Uint8Array, kinds: Uint8Array) => ({
    'train-images-idx3-ubyte': idx([6, ...sizes], pixels),
    'train-labels-idx1-ubyte': idx([6], kinds),
    't10k-images-idx3-ubyte': idx([6, ...sizes], pixels),
    't10k-labels-idx1-ubyte': idx([6], kinds),
  });

  it('black images: says that nothing fires', async () => {
    const folder = writeFolder(at('black'), files([28, 28], black, labels));
    const { code, err } = await stdp(['train', '--data', folder, ...small, '--out', at('black out')]);
    expect([code, err]).toEqual([2, expect.stringMatching(/\nerror: .*was silent in all of 6 images/)]);
  });

  it.concurrent.each([
    ['a single class, images of 20 × 24', files([height, width], ramp, new Uint8Array(6)), []],
    ['a single training image', digitFiles(3, 3), ['--train', '1']],
  ])('%s', async (name, content, more) => {
    const folder = writeFolder(at(name), content);
    const result = resultOf(await stdp(['train', '--data', folder, ...small, ...more, '--json', '--out', at(`${name} out`)]));
    expect(result).toMatchObject({ status: 'complete' });
    expect(result['accuracy']).toBeGreaterThanOrEqual(0);
    const bytes = weightsOf(at(`${name} out`));
    for (let offset = 0; offset < bytes.length; offset += 4) expect(Number.isFinite(bytes.readFloatLE(offset))).toBe(true);
    expect(readFileSync(join(at(`${name} out`), 'report.html'), 'utf8')).not.toContain('NaN');
  });

  it('black images: says that nothing fired', async () => {
    const folder = writeFolder(at('black'), files([28, 28], black, labels));
    const { code, err } = await stdp(['train', '--data', folder, ...small, '--out', at('black out')]);
    expect([code, err]).toEqual([2, expect.stringMatching(/\nerror: network\.layers\[0\] was silent in all of 6 images/)]);
  });
});

describe('stdp window', () => {
  it.concurrent.each(['pairStdp', 'latencyStdp', 'productRule'])('draws %s', async (rule) => {
    const file = at(`${rule}.svg`);
    const result = resultOf(await stdp(['window', '--rule', rule, '--range', '10', '--out', file, '--json']));
    expect((result['points'] as unknown[]).length).toBe(21);
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg/);
  });

  it('takes the text of a rule, and a part of a parameter', async () => {
    const drawn = async (...args: readonly string[]) =>
      resultOf(await stdp(['window', ...args, '--range', '2', '--out', at('text.svg'), '--json']));
    const product = await drawn('--rule', 'productRule', '--set', 'dw = 2^-2 * x1 * y0');
    expect(product).toMatchObject({ rule: { params: { dw: 'dw = 2^-2 * x1 * y0' } } });
    const kernel = await drawn('--rule', 'kernel', '--set', 'kernelPost.tau=30');
    expect(kernel).toMatchObject({ rule: { params: { kernelPost: { kernel: 'exponential', eta: 0.001, tau: 30 } } } });
  });

  it('pays rules that learn from a reward, and says where there is no window', async () => {
    const args = ['--range', '2', '--out', at('paid.svg'), '--json'];
    const points = async (...more: readonly string[]) => resultOf(await stdp(['window', ...more, ...args]))['points'];
    const [one, two] = [await points('--rule', 'mstdp'), await points('--rule', 'mstdp', '--reward', '2')];
    expect(one).toEqual(
      (two as readonly (readonly [number, number])[]).map(([time, change]) => [time, expect.closeTo(change / 2, 9)]),
    );
    expect(one).not.toEqual(await points('--rule', 'mstdp', '--reward', '0'));
    const { err } = await stdp(['window', '--rule', 'mstdp', '--reward', '0', ...args]);
    expect(err).toBe('note: the window is flat, Δw is 0 for every Δt: mstdp learns nothing from single pairs\n');
  });

  it('draws beside other drawings where no file is named, and no drawing twice', async () => {
    const cwd = at('drawings');
    mkdirSync(cwd);
    const draw = async (tau: number) =>
      resultOf(await stdp(['window', '--set', `tauPre=${tau}`, '--range', '2', '--json'], { cwd }))['out'];
    expect([await draw(5), await draw(50), await draw(5)]).toEqual(['window.svg', 'window-2.svg', 'window.svg']);
  });

  it('takes parameters', async () => {
    const points = async (tau: number) =>
      resultOf(await stdp(['window', '--set', `tauPre=${tau}`, '--range', '5', '--out', at('tau.svg'), '--json']))['points'];
    expect(await points(5)).not.toEqual(await points(50));
  });
});

describe('stdp params', () => {
  it('lists what --set takes', async () => {
    const { code, out } = await stdp(['params', '--rule', 'pair']);
    expect([code, out]).toEqual([0, expect.stringContaining('\ntauPre=50\n')]);
    expect((await stdp(['params', '--preset', 'quick'])).out).toContain('\nlayers.0.threshold=25\n');
    expect(resultOf(await stdp(['params', '--rule', 'kernel', '--json']))).toMatchObject({ kernelPost: { tau: 20 } });
  });
});

describe('stdp classify', () => {
  const out = at('to classify');
  const trained = stdp(['train', '--data', data, ...small, '--out', out]);
  const answers = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly [name: string]: unknown });

  it('answers pictures of the test images as the run itself did', async () => {
    await trained;
    const labels = generateDigits(30, 8).labels;
    const pictures = Array.from(labels, (_, index) => picture(index));
    const { code, out: text, err } = await stdp(['classify', out, ...pictures, '--json']);
    expect(code, err).toBe(0);
    const told = answers(text);
    expect(told.map((answer) => answer['picture'])).toEqual(pictures);
    const counts = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
    told.forEach((answer, index) => {
      const row = counts[labels[index] ?? 0] ?? expect.unreachable();
      row[Number(answer['label'])] = (row[Number(answer['label'])] ?? 0) + 1;
    });
    const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { readonly score: { readonly confusion: unknown } };
    expect(counts).toEqual(run.score.confusion);
  });

  it('scales and inverts a picture when asked, to the same answer', async () => {
    await trained;
    const plain = await stdp(['classify', out, picture(3), '--json']);
    const other = await stdp(['classify', out, picture(3, { scale: 4, invert: true }), '--resize', '--invert', '--json']);
    expect({ ...answers(other.out)[0], picture: '' }).toEqual({ ...answers(plain.out)[0], picture: '' });
    expect((await stdp(['classify', out, picture(3)])).out).toMatch(
      /digit 3 1 false\.png: \d \(margins: \d -?\d\.\d\d, .*; \d+ spikes\)\n$/,
    );
  });

  it.each([
    [
      'a picture of another size',
      () => [out, picture(3, { scale: 2 })],
      'is of 56 × 56 pixels, the run of 28 × 28; --resize scales it',
    ],
    ['no picture', () => [out], "missing required argument 'pictures'"],
    ['a file that is none', () => [out, join(out, 'run.json')], 'is neither a PNG nor a JPEG file'],
    ['a file that is not there', () => [out, 'nowhere.png'], 'nowhere.png does not exist'],
    ['a folder', () => [out, out], 'is a directory, expected a PNG or JPEG file'],
    ['a run that is not there', () => ['nowhere', picture(3)], 'nowhere does not exist'],
  ])('refuses %s in one line', async (_, args, problem) => {
    await trained;
    const { code, out: text, err } = await stdp(['classify', ...args()]);
    expect([code, text]).toEqual([2, '']);
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toContain(problem);
  });
});

describe('stdp numbers', () => {
  const out = at('to draw');
  const trained = stdp(['train', '--data', data, ...small, '--out', out]);
  interface Saved {
    readonly score: { readonly confusion: readonly (readonly number[])[] };
    readonly training: { readonly convergence: readonly { readonly images: number; readonly value: number }[] };
  }
  const run = (): Saved => JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Saved;
  /** What a table holds: the same as CSV and as JSON. */
  const numbers = async (table: string): Promise<readonly { readonly [name: string]: unknown }[]> => {
    await trained;
    const [csv, json] = [await stdp(['numbers', out, table]), await stdp(['numbers', out, table, '--json'])];
    expect([csv.code, csv.err, json.code, json.err]).toEqual([0, '', 0, '']);
    const records = JSON.parse(json.out) as readonly { readonly [name: string]: unknown }[];
    const lines = csv.out.trimEnd().split('\r\n');
    expect(lines).toEqual([Object.keys(records[0] ?? {}).join(), ...records.map((record) => Object.values(record).join())]);
    return records;
  };

  it('tells the confusion matrix of run.json', async () => {
    const told = await numbers('confusion');
    const { confusion } = run().score;
    expect(told).toEqual(
      confusion.flatMap((row, label) => row.map((images, answer) => ({ class: `${label}`, answer: `${answer}`, images }))),
    );
  });

  it('tells the curve of learning', async () => {
    const told = await numbers('learning');
    expect(told).toEqual(
      run().training.convergence.map(({ images, value }) => ({ series: 'Layer 1', images, convergence: value })),
    );
    expect(told.length).toBeGreaterThan(0);
  });

  it('tells every weight of the fields, and all of them in the histogram', async () => {
    const weights = new Float32Array(Uint8Array.from(weightsOf(out)).buffer);
    const [fields, bars] = [await numbers('fields'), await numbers('histogram')];
    expect(fields).toHaveLength(7 * 7 * 2 * 4);
    for (const { map, row, column, channel, weight } of fields) {
      const index = ((Number(row) * 7 + Number(column)) * 2 + Number(channel)) * 4 + Number(map);
      expect(weight).toBe(weights[index]);
    }
    expect(bars.reduce((sum, bar) => sum + Number(bar['weights']), 0)).toBe(fields.length);
    const inFirst = fields.filter(({ weight }) => Number(weight) < Number(bars[0]?.['to']));
    expect(inFirst).toHaveLength(Number(bars[0]?.['weights']));
  });

  it('tells the spikes of the first test image, as classify counts them', async () => {
    const told = await numbers('spikes');
    const [answer] = (await stdp(['classify', out, picture(0), '--json'])).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told).toHaveLength(answer.spikes);
    expect(new Set(told.map(({ channel }) => channel))).toEqual(new Set(['ON', 'OFF']));
    expect(told.every(({ steps }) => Number.isInteger(steps))).toBe(true);
  });

  it.each([
    [['nowhere', 'confusion'], 'nowhere does not exist'],
    [[out], "missing required argument 'table'"],
    [[out, 'weights'], 'Allowed choices are confusion, learning, spikes, histogram, fields'],
  ])('refuses %j in one line', async (args, problem) => {
    await trained;
    const { code, out: text, err } = await stdp(['numbers', ...args]);
    expect([code, text]).toEqual([2, '']);
    expect(err).toMatch(/^error: [^\n]+\n$/);
    expect(err).toContain(problem);
  });
});

describe('help', () => {
  /** The names that a help lists under “Fields of --json”. */
  const fieldsOf = async (command: string): Promise<readonly string[]> => {
    const text = (await stdp([command, '--help'])).out.split('Fields of --json:\n')[1] ?? '';
    return Array.from((text.split('\n\n')[0] ?? '').matchAll(/^ {2}(\S+)/gm), ([, name = '']) => name);
  };
  it.each([
    ['train', () => ['train', '--data', data, ...small, '--control', 'shuffled', '--out', at('fields'), '--json']],
    ['evaluate', () => ['evaluate', at('fields'), '--json']],
    ['classify', () => ['classify', at('fields'), picture(0), '--json']],
    ['window', () => ['window', '--range', '2', '--out', at('fields.svg'), '--json']],
  ])('%s tells the fields of its result', async (command, args) => {
    expect(Object.keys(resultOf(await stdp(args()))).sort()).toEqual([...(await fieldsOf(command))].sort());
  });

  it.each([
    ['train', 'data preset neurons seed train holdout control set backend out force resume other-data json'],
    ['evaluate', 'data other-data backend json'],
    ['classify', 'resize invert json'],
    ['numbers', 'data other-data json'],
    ['window', 'rule set range weight reward out json'],
    ['params', 'preset rule json'],
  ])('%s lists every option', async (command, options) => {
    const { code, out, err } = await stdp([command, '--help']);
    expect([code, err]).toEqual([0, '']);
    for (const ending of ['0 ', '1 ', '2 ', '129, 130, 141, 143']) expect(out).toContain(`\n  ${ending}`);
    for (const option of options.split(' ')) expect(out).toContain(`--${option} `.replace('json ', 'json'));
  });

  it('names every command, and the version', async () => {
    const { code, out } = await stdp(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/train.*evaluate.*classify.*numbers.*window.*params/s);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect((await stdp(['--version'])).out.trim()).toBe(version);
  });
});

it('leaves no file beside those it was asked for', () => {
  expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
  expect(existsSync('window.svg')).toBe(false);
});
