import { execFile, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { writeCheckpoint } from '../../src/io/checkpoint/checkpointFiles.js';
import { checkRunFolder } from '../../src/io/programRuns.js';
import { fileCheckpoints } from '../../src/io/progress/fileCheckpoints.js';
import { acquireLock, lockFile } from '../../src/io/progress/lock.js';
import { pieceFile } from '../../src/io/progress/pieceFile.js';
import { loadRun, saveRun } from '../../src/io/runFolder.js';
import { beginRun, readProgress } from '../../src/io/runProgress.js';
import { digitFiles, program, stdp, writeFolder } from './program.js';
import { tinyRun } from './runs.js';

const root = mkdtempSync(join(tmpdir(), 'stdp-durable-'));
afterAll(() => {
  for (const name of readdirSync(root)) if (name.startsWith('mount-')) spawnSync('umount', [join(root, name)]);
  rmSync(root, { recursive: true });
});

describe('the log of pieces', () => {
  const piece = (from: number) => ({ from, to: from + 2, bytes: Uint8Array.of(from, 7, 9) });

  it('has what was flushed, and goes on behind what is whole', () => {
    const file = join(root, 'pieces.bin');
    const log = pieceFile(file);
    for (const from of [4, 0]) log.add(piece(from));
    expect([...pieceFile(file).kept()]).toEqual([]);
    log.flush();
    truncateSync(file, readFileSync(file).length - 1);
    const again = pieceFile(file);
    expect([...again.kept()].map(({ from }) => from)).toEqual([4]);
    again.add(piece(2));
    again.flush();
    expect([...pieceFile(file).kept()].map(({ from, to, bytes }) => [from, to, ...bytes])).toEqual([
      [4, 6, 4, 7, 9],
      [2, 4, 2, 7, 9],
    ]);
  });

  it('takes no record that is damaged, wherever', () => {
    const file = join(root, 'damaged.bin');
    const log = pieceFile(file);
    for (const from of [0, 2]) log.add(piece(from));
    log.flush();
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 16;
      writeFileSync(file, changed);
      expect([...pieceFile(file).kept()].length).toBe(at < whole.length / 2 ? 0 : 1);
    }
  });
});

const mounts = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'none', mkdtempSync(join(root, 'mount-'))]);
const small = readdirSync(root).find((name) => name.startsWith('mount-')) ?? '';
it.skipIf(mounts.status !== 0)('a disk that gets full: pieces make room for the state, the last checkpoint stays good', () => {
  const folder = join(root, small, 'progress');
  const checkpoints = fileCheckpoints<{ readonly values: Uint8Array }>(folder, { every: 0 });
  const log = checkpoints.pieces('encode');
  log.add({ from: 0, to: 1, bytes: new Uint8Array(150_000) });
  for (const value of [1, 2]) checkpoints.keep({ values: new Uint8Array(100_000).fill(value) });
  expect(readdirSync(folder).filter((name) => name.startsWith('pieces'))).toEqual([]);
  expect(() => checkpoints.keep({ values: new Uint8Array(150_000) })).toThrow(/can't be written: ENOSPC[^\n]*$/);
  expect(fileCheckpoints<{ readonly values: Uint8Array }>(folder).state?.values[0]).toBe(2);
});

describe('a lock', () => {
  it('is held by one, and free again when it is released', () => {
    const folder = mkdtempSync(join(root, 'lock-'));
    const lock = acquireLock(folder, 'stdp', 'run');
    expect(() => acquireLock(folder, 'stdp', 'run')).toThrow(
      `stdp: run is being worked on by process ${process.pid} on ${hostname()}; wait for it, or end it`,
    );
    lock.release();
    acquireLock(folder, 'stdp', 'run').release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not kept by a dead process, nor by a number that another process has now', async () => {
    const folder = mkdtempSync(join(root, 'lock-'));
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((done) => child.on('close', done));
    const holders = [
      { pid: child.pid, host: hostname() },
      { pid: process.pid, host: hostname(), started: 'long ago' },
      { pid: 'x', host: hostname() },
    ];
    for (const holder of holders) {
      writeFileSync(join(folder, lockFile), JSON.stringify(holder));
      acquireLock(folder, 'stdp', 'run').release();
    }
    writeFileSync(join(folder, lockFile), JSON.stringify({ pid: 1, host: 'elsewhere' }));
    expect(() => acquireLock(folder, 'stdp', 'run')).toThrow('process 1 on elsewhere');
  });

  it('tells other machines that it is held, however seldom anything is kept', () => {
    vi.useFakeTimers();
    try {
      const folder = mkdtempSync(join(root, 'lock-'));
      const file = join(folder, lockFile);
      const lock = acquireLock(folder, 'stdp', 'run');
      utimesSync(file, 1, 1);
      vi.advanceTimersByTime(60_000);
      expect(statSync(file).mtimeMs).toBeGreaterThan(1000);
      rmSync(folder, { recursive: true });
      vi.advanceTimersByTime(60_000);
      lock.release();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the progress of a run', () => {
  const interrupted = (): string => {
    const folder = join(mkdtempSync(join(root, 'progress-')), 'run');
    saveRun(folder, { ...tinyRun(1), status: 'interrupted' });
    mkdirSync(join(folder, 'progress'));
    return folder;
  };

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a number', 5],
    ['a list', []],
    ['no record', { state: { training: {} } }],
    ['no state of an experiment', { record: {}, state: 5 }],
    ['no training', { record: {}, state: {} }],
  ])('is refused where a checkpoint is of something else: %s', (_, carry) => {
    const folder = interrupted();
    writeCheckpoint(join(folder, 'progress'), carry);
    expect(() => readProgress(folder)).toThrow(/^stdp: .*run\/progress holds a checkpoint that is not of a run; remove /);
  });

  it('may hold nothing else; a refusal names it', () => {
    const folder = interrupted();
    expect(checkRunFolder(folder, 'any run').identity).toMatch(/./);
    for (const name of ['note.txt', 'lock.json'])
      (name === 'note.txt' ? (file: string) => writeFileSync(file, 'mine') : mkdirSync)(join(folder, 'progress', name));
    expect(() => checkRunFolder(folder, 'any run')).toThrow('run exists and holds progress/lock.json, which is not of a run');
    rmSync(join(folder, 'progress', 'lock.json'), { recursive: true });
    expect(() => checkRunFolder(folder, 'any run')).toThrow('run exists and holds progress/note.txt, which is not of a run');
  });

  it('that cannot be begun leaves nothing behind', () => {
    const folder = join(mkdtempSync(join(root, 'begin-')), 'deep', 'run');
    const options = { existing: { identity: undefined }, numbered: false, pieces: false, every: 0, onFailure: () => undefined };
    const state = { training: () => 'what can not be kept' };
    expect(() => beginRun(folder, { ...tinyRun(1), status: 'running' }, { ...options, state })).toThrow("which can't be kept");
    expect(readdirSync(dirname(dirname(folder)))).toEqual([]);
  });

  it('is not begun over a run that came there since it was looked at', () => {
    const folder = interrupted();
    const existing = checkRunFolder(folder, 'any run');
    saveRun(folder, tinyRun(2));
    const before = readdirSync(folder);
    const options = { existing, numbered: false, state: undefined, pieces: false, every: 0, onFailure: () => undefined };
    expect(() => beginRun(folder, tinyRun(3), options)).toThrow('run holds a run that came there meanwhile, and stays');
    expect(readdirSync(folder)).toEqual(before.filter((name) => name !== 'progress'));
  });

  it('of one that somebody works on is not touched by --force', async () => {
    const folder = interrupted();
    const lock = acquireLock(join(folder, 'progress'), 'stdp', folder);
    const before = statSync(folder, { bigint: true }).ctimeNs;
    const { code, err } = await stdp(['train', '--train', '10', '--holdout', '5', '--out', folder, '--force']);
    expect([code, err]).toEqual([2, expect.stringContaining(`is being worked on by process ${process.pid} on ${hostname()}`)]);
    expect(statSync(folder, { bigint: true }).ctimeNs).toBe(before);
    lock.release();
  });
});

describe('a run', () => {
  const data = writeFolder(join(root, 'digits'), digitFiles(60, 30));
  const settings = ['layers.0.images=60', 'layers.0.maps=8', 'readout.iterations=5'].flatMap((setting) => ['--set', setting]);
  const train = (out: string) => ['train', '--data', data, ...settings, '--checkpoint', '0', '--out', out];

  it('says in its folder that it runs, who runs it, and that it is complete; goes on from kill -9 to the same bits', async () => {
    const [whole, out] = [join(root, 'whole'), join(root, 'cut')];
    expect((await stdp(train(whole))).code).toBe(0);
    const killed = await stdp(train(out), { watch: (child, err) => err.includes('fit read-out') && child.kill('SIGKILL') });
    expect(killed.code).toBe(137);
    const { process: own, status } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    expect([status, own]).toEqual(['running', expect.objectContaining({ host: hostname(), version: '0.1.0' })]);
    expect(own.ended).toBeUndefined();
    const { code, err } = await stdp(['train', '--resume', out]);
    expect(code, err).toBe(0);
    for (const file of ['weights.bin', 'report.html'])
      expect(readFileSync(join(out, file)).equals(readFileSync(join(whole, file)))).toBe(true);
    expect((await loadRun(out)).score).toEqual((await loadRun(whole)).score);
    expect((await loadRun(out)).process?.ended).toMatch(/^\d{4}-/);
    expect(existsSync(join(out, 'progress'))).toBe(false);
    rmSync(join(out, 'report.html'));
    expect((await stdp(['train', '--resume', out])).out).toContain('pictures and report were missing');
    expect(readFileSync(join(out, 'report.html')).equals(readFileSync(join(whole, 'report.html')))).toBe(true);
  });

  it('that takes the place of one that was cut off is what its folder tells, from the beginning on', async () => {
    const out = join(root, 'forced');
    for (const more of [
      ['--seed', '1'],
      ['--seed', '2', '--force'],
    ]) {
      await stdp([...train(out), ...more], { watch: (child, err) => err.includes('encode test') && child.kill('SIGKILL') });
      const { seed, status } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
      expect([seed, status]).toEqual([Number(more[1]), 'running']);
    }
    expect((await stdp(['train', '--resume', out])).code).toBe(0);
    expect(await loadRun(out)).toMatchObject({ seed: 2, status: 'complete' });
  });

  it('goes on from the checkpoint before, where the last is damaged', async () => {
    const [whole, out] = [join(root, 'whole'), join(root, 'damaged')];
    await stdp(train(out), { watch: (child, err) => err.includes('encode test') && child.kill('SIGKILL') });
    const [, newest = ''] = readdirSync(join(out, 'progress'))
      .filter((name) => name.endsWith('.safetensors'))
      .sort();
    truncateSync(join(out, 'progress', newest), 100);
    expect((await stdp(['train', '--resume', out])).code).toBe(0);
    expect(readFileSync(join(out, 'weights.bin')).equals(readFileSync(join(whole, 'weights.bin')))).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('under nohup outlives its terminal', async () => {
    const out = join(root, 'nohup');
    const child = spawn(
      'bash',
      ['-c', 'nohup "$@" & echo "pid $!" >&2; wait $!', 'bash', process.execPath, program, ...train(out)],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const pid = /pid (\d+)/.exec(said)?.[1];
      if (!said.includes('learn') && `${said}${text}`.includes('learn')) process.kill(Number(pid), 'SIGHUP');
      said += text;
    });
    const code = await new Promise((done) => child.on('close', done));
    expect([code, (await loadRun(out)).status]).toEqual([0, 'complete']);
  });
});

it('is killed at random moments, also while it writes, and ends in the same bits (npm run torture, a short form)', async () => {
  const script = fileURLToPath(new URL('../../scripts/torture.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    '--kills',
    '4',
    '--seed',
    '5',
    '--preset',
    'kheradpisheh2018',
  ]);
  expect(stdout).toMatch(/\d+ kills, (\d+) of \1 runs bit-equal to unbroken ones, 0 drafts left\n$/);
}, 300_000);
