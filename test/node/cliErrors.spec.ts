import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digitFiles, idx, small, stdp, writeFolder } from './program.js';
import { sealed } from './runs.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-errors-'));
afterAll(() => rmSync(root, { recursive: true }));

const digits = digitFiles(12, 6);
const data = writeFolder(join(root, 'digits'), digits);
const complete = join(root, 'complete');
beforeAll(async () => {
  const { code, err } = await stdp(['train', '--data', data, ...small, '--out', complete]);
  expect(code, err).toBe(0);
});

/** Every file below a folder with its size. */
const contents = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${name} ${statSync(join(folder, name)).size}`)
    .sort();

let boxes = 0;

/** Runs the program in a folder of its own: it must say one line, exit with 2, and leave the folder as it was. */
async function expectRefusal(args: readonly string[], message: RegExp, prepare?: (box: string) => void): Promise<void> {
  const box = join(root, `box ${boxes++}`);
  mkdirSync(box);
  prepare?.(box);
  const before = contents(box);
  const { code, out, err } = await stdp(args, { cwd: box });
  expect(err).toMatch(message);
  expect(err).toMatch(/^error: [^\n]+\n$/);
  expect(err).not.toMatch(/^error: (?!network:)[a-zA-Z]\w*: /); // no function's name
  expect(err.slice(0, -1)).not.toMatch(/\p{Cc}/u);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(contents(box)).toEqual(before);
}

describe('data that can’t be understood', () => {
  const train = ['train', '--data', 'data', ...small];
  const images = 'train-images-idx3-ubyte';
  const { [images]: sound = Buffer.alloc(0), ...others } = digits;
  const instead = (name: string, content: Buffer) => (box: string) =>
    writeFolder(join(box, 'data'), { ...others, [name]: content });
  const longer = idx([2], Uint8Array.of(0, 1));

  it.concurrent.each<[string, RegExp, ((box: string) => void) | undefined]>([
    ['a missing directory', /data does not exist/, undefined],
    [
      'an empty file',
      /data is of no kind that is known, or damaged; read are IDX files/,
      (box) => writeFileSync(join(box, 'data'), ''),
    ],
    ['a directory without files', /data holds no files of images; read are IDX files/, (box) => mkdirSync(join(box, 'data'))],
    ['a truncated gzip file', /truncated gzip/, instead(`${images}.gz`, gzipSync(sound).subarray(0, 900))],
    ['a truncated IDX file', /is truncated/, instead(images, sound.subarray(0, 1000))],
    ['an empty file', /has 0 bytes/, instead(images, Buffer.alloc(0))],
    ['another magic number', /magic number/, instead(images, Buffer.concat([Buffer.of(0, 0, 9, 3), sound.subarray(4)]))],
    ['no images', /holds no images/, instead(images, idx([0, 28, 28], new Uint8Array()))],
    [
      'labels of another number',
      /2 labels/,
      (box) => writeFolder(join(box, 'data'), { ...digits, 'train-labels-idx1-ubyte': longer }),
    ],
    ['test images of another size', /28 × 28/, instead(images, idx([12, 28, 14], sound.subarray(16, 16 + 12 * 28 * 14)))],
  ])('%s', (_, message, prepare) => expectRefusal(train, message, prepare));
});

it.each(['<svg xmlns="http://www.w3.org/2000/svg"><title>my own</title></svg>', '<svg><text class="stdp-plot"/></svg>'])(
  'a drawing of another program stays: %s',
  (mine) =>
    expectRefusal(
      ['window', '--range', '2', '--out', 'mine.svg'],
      /mine\.svg holds something else than a drawing: it stays/,
      (box) => writeFileSync(join(box, 'mine.svg'), mine),
    ),
);

describe('options that can’t be', () => {
  const withData = (...args: readonly string[]) => ['train', '--data', data, ...args];
  it.concurrent.each<[readonly string[], RegExp]>([
    [['train', '--nope'], /unknown option '--nope'/],
    [['nope'], /nope is neither a command nor an option/],
    [['train', 'more'], /more is neither a command nor an option/],
    [['train', '--seed', '-1'], /--seed.*integer ≥ 0/],
    [['train', '--seed', '1.5'], /--seed.*integer ≥ 0/],
    [['train', '--train', '0'], /--train.*integer ≥ 1/],
    [['train', '--train', 'NaN'], /--train.*integer ≥ 1/],
    [['train', '--seed', '1e22'], /--seed.*integer ≥ 0 and at most 9007199254740991/],
    [
      ['train', '--preset', 'diehlCook2015', '--neurons', '10', '--set', 'layer.neurons=20'],
      /neurons 10 and layer\.neurons = 20 differ: give one of them/,
    ],
    [withData('--workers', '1000000'), /--workers must be an integer ≥ 1 and at most \d+ here, got 1000000/],
    [['window', '--range', '0.5'], /--range must be at least a step, dt = 1 ms: got 0\.5/],
    [withData('--train', '13'), /--train asks for 13 images, digits has 12/],
    [withData('--holdout', '12'), /--holdout takes 12 images of 12/],
    [withData('--holdout', '4', '--train', '9'), /--train asks for 9 images, digits has 8/],
    [['train', '--set', 'layers.0.threshold=NaN'], /layers\[0\]: threshold must be a number > 0, got NaN/],
    [['train', '--set', 'layers.0.maps=0'], /maps must be an integer in \[1, 65536\], got 0/],
    [['train', '--set', 'layers.0.foo=1'], /foo is not a parameter; known are maps/],
    [['train', '--set', 'layers.7.maps=3'], /there is no 7/],
    [['train', '--set', 'layers=5'], /layers must be a list/],
    [['train', '--set', 'readout=5'], /readout: it must be a record/],
    [['train', '--set', 'nonsense'], /needs name=value, got nonsense/],
    [withData('--set', 'layers.0.pad=0', '--set', 'layers.0.kernelSize=29'), /kernelSize 29 is larger than the input of 28 × 28/],
    [['train', '--preset', 'nope'], /--preset.*nope.*digits/],
    [['train', '--neurons', '0'], /--neurons.*integer ≥ 1/],
    [['train', '--neurons', 'NaN'], /--neurons.*integer ≥ 1/],
    [['train', '--neurons', '5'], /--neurons is not for digits, but for diehlCook2015\n/],
    [withData('--preset', 'diehlCook2015', '--neurons', '1000000'), /layer\.neurons must be at most 342392 for 784 pixels/],
    [
      ['train', '--preset', 'diehlCook2015', '--backend', 'cpu'],
      /--backend is not for diehlCook2015, but for digits, quick, spikes, wide, ncg, vote, kheradpisheh2018, fashion, fashionNcg, nmnist, table\n/,
    ],
    [['train', '--preset', 'diehlCook2015', '--control', 'shuffled'], /--control is not for diehlCook2015/],
    [['train', '--preset', 'diehlCook2015', '--set', 'layer.tauInh=-1'], /network\.layer: tauInh must be a number > 0, got -1/],
    [
      ['train', '--preset', 'diehlCook2015', '--set', 'input.maxRate=NaN'],
      /network\.input: maxRate must be a number > 0, got NaN/,
    ],
    [['train', '--backend', 'webgl'], /--backend.*webgl.*webgpu, wasm, cpu, cuda/],
    [['train', '--backend', 'cuda'], /cuda needs the package @tensorflow\/tfjs-node-gpu/],
    [['train', '--control', 'none'], /--control/],
    [['evaluate'], /missing required argument 'folder'/],
    [['window', '--set', 'tauPre=-1'], /tauPre must be a positive number of ms, got -1/],
    [['window', '--rule', 'nope'], /--rule.*nope.*pairStdp/],
    [['window', '--rule', 'pair_'], /--rule.*pairStdp/],
    [['window', '--rule', 'pairStd'], /Did you mean pairStdp\?/],
    [['window', '--rule', 'pairStpd'], /Did you mean pairStdp\?/],
    [['window', 'pair'], /pair is no option: a rule is named by --rule pair/],
    [['params', 'pair'], /pair is no option: it is named by --rule pair/],
    [['params', 'quick'], /quick is no option: it is named by --preset quick/],
    [['evalute', 'run'], /evalute is neither a command nor an option; see node \S+main\.js --help\. Did you mean evaluate\?/],
    [['window', '--out', 'window.png'], /--out names a \.png file, the drawing is SVG: end it in \.svg/],
    [['window', '--rule', 'latencyStdpWinners'], /Rules by winners .* no window/],
    [['window', '--set', 'tauPre='], /"tauPre=": a value is missing behind =; try node \S+main\.js params --rule pairStdp/],
    [['window', '--set', 'tauPre=1e999'], /1e999 is beyond what a number can hold/],
    [['window', '--rule', 'kernel', '--set', 'kernelPost.tua=3'], /tua.*; try node \S+main\.js params --rule kernelStdp/],
    [['window', '--reward', '1'], /--reward is not for pairStdp/],
    [['window', '--range', '1e9'], /range of 1000000000 ms is .* too many to simulate/],
    [['window', '--range', '0x10'], /--range.*number/],
    [['window', '--rule', 'kernel', '--set', 'maxDelay=1e7'], /rule remembers 1\d{7} values for each/],
    [['window', '--out', ''], /--out.*must name a file/],
    [['window', '--out', complete], /complete can't be written/],
    [['window', '--range', '2', '--out', join(data, 'train-labels-idx1-ubyte')], /holds something else than a drawing: it stays/],
    [['window', '--out', 'a\u001b[31m\n/\u009bb'], /a\\u001b\[31m\\u000a\/\\u009bb can't be written/],
    [['train', '--data', 'a\u001b[31mb'], /a\\u001b\[31mb does not exist/],
    [['train', '--\u001b[31m'], /unknown option '--\\u001b/],
    [['train', '--seed', '1e999'], /--seed.*integer ≥ 0/],
    [['train', '--seed', '0x1'], /--seed.*integer ≥ 0/],
    [['train', '--seed', ''], /--seed.*integer ≥ 0/],
    [['params'], /--preset or --rule must say whose parameters/],
    [['params', '--preset', 'quick', '--rule', 'pair'], /'--preset <name>' cannot be used with option '--rule <name>'/],
    [['window', '--weight', 'NaN'], /--weight.*number/],
    [['window', '--range', '0'], /--range.*number > 0/],
    [['window', '--range', '2', '--out', 'missing/window.svg'], /missing\/window\.svg can't be written/],
  ])('%j', (args, message) => expectRefusal(args, message));
});

describe('places to write that can’t be', () => {
  it('a pipe that nobody reads, for a drawing', () =>
    expectRefusal(['window', '--range', '2', '--out', 'pipe'], /pipe can't be written: it is no file/, (box) =>
      execFileSync('mkfifo', [join(box, 'pipe')]),
    ));
  const train = (out: string) => ['train', '--data', data, ...small, '--out', out];
  const file = (name: string) => (box: string) => writeFileSync(join(box, name), 'mine');
  it.concurrent.each<[string, string, RegExp, (box: string) => void]>([
    ['a file', 'file', /file can't be written/, file('file')],
    ['below a file', 'file/a/b', /can't be written/, file('file')],
    [
      'a folder of something else',
      'mine',
      /holds notes, which is not of a run/,
      (box) => writeFolder(join(box, 'mine'), { notes: Buffer.of(1) }),
    ],
    [
      'a run with something else beside',
      'mine',
      /holds notes, which is not of a run/,
      (box) => {
        cpSync(complete, join(box, 'mine'), { recursive: true });
        writeFileSync(join(box, 'mine', 'notes'), 'mine');
      },
    ],
    [
      'a run.json of something else',
      'mine',
      /another format/,
      (box) => writeFolder(join(box, 'mine'), { 'run.json': Buffer.from('{}') }),
    ],
  ])('%s', (_, out, message, prepare) => expectRefusal(train(out), message, prepare));
});

describe('runs that can’t be read', () => {
  /** A copy of the complete run with one file changed. */
  const damaged = (name: string, change: (content: Buffer) => Buffer) => (box: string) => {
    cpSync(complete, join(box, 'run'), { recursive: true });
    writeFileSync(join(box, 'run', name), change(readFileSync(join(box, 'run', name))));
  };
  const runJson = (change: (run: { [name: string]: unknown }) => void) =>
    damaged('run.json', (content) => {
      const run = JSON.parse(content.toString()) as { [name: string]: unknown };
      change(run);
      return Buffer.from(sealed(run));
    });

  const cases: readonly (readonly [string, RegExp, ((box: string) => void) | undefined])[] = [
    ['missing', /run does not exist/, undefined],
    ['a file', /run has no run\.json that can be read/, (box) => writeFileSync(join(box, 'run'), '')],
    ['empty', /has no run\.json/, (box) => mkdirSync(join(box, 'run'))],
    ['broken JSON', /damaged run\.json/, damaged('run.json', (content) => content.subarray(0, 50))],
    ['no network', /network must be a record, got undefined/, runJson((run) => delete run['network'])],
    [
      'another kind',
      /kind must be one of 'latency', 'competitive', got "other"/,
      runJson((run) => Object.assign(run, { kind: 'other' })),
    ],
    ['the other kind', /is damaged: /, runJson((run) => Object.assign(run, { kind: 'competitive' }))],
    ['short weights', /weights\.bin of/, damaged('weights.bin', (content) => content.subarray(4))],
    ['weights.json of another form', /damaged weights\.json/, damaged('weights.json', () => Buffer.from('{"a":1}'))],
    [
      'weights of another network',
      /its weights are not those/,
      damaged('run.json', (content) =>
        Buffer.from(sealed(JSON.parse(content.toString().replace('"maps": 4', '"maps": 5')) as object)),
      ),
    ],
    [
      'another number in run.json',
      /run\.json does not have the checksum that it tells/,
      damaged('run.json', (content) => Buffer.from(content.toString().replace('"seed": 1', '"seed": 2'))),
    ],
  ];
  it.concurrent.each(cases)('%s: evaluate', (_, message, prepare) => expectRefusal(['evaluate', 'run'], message, prepare));
  it.concurrent.each(cases.slice(0, 4))('%s: resume', (_, message, prepare) =>
    expectRefusal(['train', '--resume', 'run'], message, prepare),
  );

  it('complete: there is nothing to resume', () => expectRefusal(['train', '--resume', complete], /is complete/));
  it('a run’s own options can’t be changed by resume', () =>
    expectRefusal(['train', '--resume', complete, '--seed', '2'], /goes on with the run's own --seed; leave it out/));
});
