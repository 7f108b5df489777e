import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadRun } from '../../src/io/runFolder.js';
import { digitFiles, program, raising, small, stdp, writeFolder } from './program.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-safety-')));
const mountedAt = new Set<string>();
afterAll(() => {
  for (const folder of mountedAt) spawnSync('umount', [folder]);
  rmSync(root, { recursive: true });
});
const data = writeFolder(join(root, 'digits'), digitFiles(12, 6));
const train = ['train', '--data', data, ...small];
/** Learns for some seconds. */
const slow = ['--set', 'layers.0.maps=1000', '--set', 'readout.grid=1', '--set', 'readout.iterations=5'];

let boxes = 0;
function box(): string {
  const folder = join(root, `box ${boxes++}`);
  mkdirSync(folder);
  return folder;
}
const all = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const seedOf = async (folder: string): Promise<number> => (await loadRun(folder)).seed;
const keptIn = (err: string): string => err.match(/the run is kept in (.*)\n/)?.[1] ?? expect.fail(err);

/** Does something once when the program first says a word. */
function once(word: string, act: (child: ChildProcess) => void) {
  let done = false;
  return {
    watch: (child: ChildProcess, err: string) => {
      if (done || !err.includes(word)) return;
      done = true;
      act(child);
    },
  };
}

describe('a folder to write to', () => {
  it.concurrent.each([[['--out', '']], [['--out=']], [['--out', ' ']], [['--out', '.']], [['--out', '..']], [['--resume', '']]])(
    '%j is refused, and nothing in the working directory changes',
    async (args) => {
      const cwd = box();
      writeFileSync(join(cwd, 'thesis.tex'), 'mine');
      const { code, err } = await stdp(['train', ...small, ...args], { cwd });
      expect([code, err]).toEqual([2, expect.stringMatching(/^error: [^\n]+\n$/)]);
      expect(all(cwd)).toEqual(['thesis.tex']);
    },
  );

  it('holds a run already: it stays unless --force is given, and by default the next one gets a number', async () => {
    const cwd = box();
    for (const _ of [1, 2]) expect((await stdp(train, { cwd })).code).toBe(0);
    expect(readdirSync(join(cwd, 'runs')).sort()).toEqual(['quick-seed1', 'quick-seed1-2']);
    const out = join('runs', 'quick-seed1');
    const again = [...train, '--seed', '5', '--out', out];
    const { code, err } = await stdp(again, { cwd });
    expect([code, err]).toEqual([2, expect.stringMatching(/^error: .*holds a run already; .*--force.*\n$/)]);
    expect(await seedOf(join(cwd, out))).toBe(1);
    expect((await stdp([...again, '--force'], { cwd })).code).toBe(0);
    expect(await seedOf(join(cwd, out))).toBe(5);
    writeFileSync(join(cwd, out, 'notes'), 'mine');
    expect((await stdp([...again, '--force'], { cwd })).err).toContain('holds notes, which is not of a run');
  });

  it('keeps what somebody puts there during the run, and the run is kept beside', async () => {
    const out = join(box(), 'run');
    const { code, err } = await stdp(
      [...train, '--out', out],
      once('learn', () => writeFolder(out, { notes: Buffer.from('mine') })),
    );
    expect(code).toBe(2);
    expect(err).toContain('holds notes, which is not of a run');
    expect(readFileSync(join(out, 'notes'), 'utf8')).toBe('mine');
    expect(await seedOf(keptIn(err))).toBe(1);
    expect((await stdp(['evaluate', keptIn(err)])).code).toBe(0);
  });

  it('is by default the next one where another run comes to stand at the last moment', async () => {
    const cwd = box();
    expect((await stdp([...train, '--out', 'other'], { cwd })).code).toBe(0);
    const hook = join(cwd, 'intruder.cjs');
    writeFileSync(
      hook,
      `
      const fs = require('node:fs');
      const { mkdirSync } = fs;
      let runs = 0;
      fs.mkdirSync = (folder, options) => {
        mkdirSync(folder, options);
        if (folder.endsWith('.part') && runs++ === 0)
          for (const place of ['runs/quick-seed1', 'runs/quick-seed1-2']) fs.cpSync('other', place, { recursive: true });
      };
      require('node:module').syncBuiltinESMExports();`,
    );
    const { code, out, err } = await stdp([...train, '--json'], {
      cwd,
      env: { NODE_OPTIONS: `--require ${JSON.stringify(hook)}` },
    });
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ out: join('runs', 'quick-seed1-3') });
    expect(readdirSync(join(cwd, 'runs')).sort()).toEqual(['quick-seed1', 'quick-seed1-2', 'quick-seed1-3']);
    for (const name of ['', '-2']) expect(all(join(cwd, 'runs', `quick-seed1${name}`))).toEqual(all(join(cwd, 'other')));
    expect((await loadRun(join(cwd, 'runs', 'quick-seed1-3'))).status).toBe('complete');
    expect(all(join(cwd, 'runs', 'quick-seed1-3'))).toContain('report.html');
  });

  it('is never the working directory: a run there is tested, and goes on to another place', async () => {
    const cwd = box();
    expect((await stdp([...train, '--out', 'run'], { cwd })).code).toBe(0);
    const stopped = await stdp([...train, '--out', 'stopped'], { cwd, env: raising('learn layer 1', 'SIGINT') });
    expect(stopped.code, stopped.err).toBe(130);
    expect((await stdp(['evaluate', '.'], { cwd: join(cwd, 'run') })).code).toBe(0);
    const refused = await stdp(['train', '--resume', '.'], { cwd: join(cwd, 'stopped') });
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('. is the working directory; name a folder in it')]);
    expect((await loadRun(join(cwd, 'stopped'))).status).toBe('interrupted');
    expect((await stdp(['train', '--resume', '.', '--out', '../done'], { cwd: join(cwd, 'stopped') })).code).toBe(0);
    expect((await loadRun(join(cwd, 'done'))).status).toBe('complete');
    expect(readdirSync(cwd).sort()).toEqual(['done', 'run', 'stopped']);
  });

  it('may be a link, and stays one', async () => {
    const cwd = box();
    mkdirSync(join(cwd, 'real'));
    symlinkSync('real', join(cwd, 'link'));
    expect((await stdp([...train, '--out', 'link'], { cwd })).code).toBe(0);
    expect(lstatSync(join(cwd, 'link')).isSymbolicLink()).toBe(true);
    expect(await seedOf(join(cwd, 'real'))).toBe(1);
    symlinkSync('nowhere', join(cwd, 'dangling'));
    expect((await stdp([...train, '--out', 'dangling'], { cwd })).err).toMatch(/^error: .*is a link that leads nowhere\n$/);
  });

  const mounts = spawnSync('mount', ['-t', 'tmpfs', 'none', box()]).status === 0;
  if (mounts) spawnSync('umount', [join(root, `box ${boxes - 1}`)]);
  it.skipIf(!mounts).each(['size=1m', 'ro'])(
    'that can’t be replaced (a mount point, %s) is refused before anything is learned',
    async (options) => {
      const out = box();
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', out]);
      mountedAt.add(out);
      for (const folder of options === 'ro' ? [out, join(out, 'run')] : [out]) {
        const { code, err } = await stdp([...train, '--out', folder]);
        expect([code, err]).toEqual([2, expect.stringMatching(/^error: .*can't be written.*\n$/)]);
      }
    },
  );
});

describe('a run that ends unexpectedly', () => {
  const killer = fileURLToPath(new URL('killAt.cjs', import.meta.url));

  it('by kill -9, wherever: the old run stands or the new, whole', async () => {
    const out = join(box(), 'run');
    const first = join(box(), 'run');
    expect((await stdp([...train, '--out', first])).code).toBe(0);
    const seeds = new Set<number>();
    for (const at of [7, 20, 32, 38]) {
      cpSync(first, out, { recursive: true });
      const { code } = await stdp([...train, '--seed', '2', '--out', out, '--force'], {
        env: { NODE_OPTIONS: `--require ${JSON.stringify(killer)}`, KILL_AT: String(at) },
      });
      expect(code).toBe(137);
      seeds.add(await seedOf(out));
      rmSync(out, { recursive: true });
    }
    expect([...seeds].sort()).toEqual([1, 2]);
  }, 300_000);

  it('because nobody reads what it says (| head -1), is saved and can go on', async () => {
    const out = join(box(), 'run');
    const script = `"$@" 2>&1 | head -1 > /dev/null; exit $PIPESTATUS`;
    const { status } = spawnSync('bash', ['-c', script, 'bash', process.execPath, program, ...train, ...slow, '--out', out]);
    expect(status).toBe(141);
    expect((await loadRun(out)).status).toBe('interrupted');
    expect((await stdp(['train', '--resume', out])).code).toBe(0);
    expect((await loadRun(out)).status).toBe('complete');
  });

  it('with nobody to read its result is saved all the same', async () => {
    const out = join(box(), 'run');
    const script = `"$@" | true; exit $PIPESTATUS`;
    const { status } = spawnSync('bash', ['-c', script, 'bash', process.execPath, program, ...train, '--out', out]);
    expect(status).toBe(141);
    expect((await loadRun(out)).status).toBe('complete');
  });

  it.skipIf(!existsSync('/dev/full'))('with a full disk behind what it says, is saved all the same', async () => {
    const full = openSync('/dev/full', 'w');
    for (const [stdout, stderr, code] of [
      ['ignore', full, 0],
      [full, 'ignore', 2],
    ] as const) {
      const out = join(box(), 'run');
      const args = [program, ...train, '--out', out];
      expect(spawnSync(process.execPath, args, { stdio: ['ignore', stdout, stderr] }).status).toBe(code);
      expect((await loadRun(out)).status).toBe('complete');
    }
    closeSync(full);
  });

  it('because the disk has no room for its pictures, says why and the one place where its weights are', async () => {
    const cwd = box();
    const hook = join(cwd, 'full.cjs');
    writeFileSync(
      hook,
      `
      const fs = require('node:fs');
      const { writeFileSync } = fs;
      fs.writeFileSync = (file, ...rest) => {
        if (String(file).endsWith('.png') || String(file).endsWith('report.html'))
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
        writeFileSync(file, ...rest);
      };
      require('node:module').syncBuiltinESMExports();`,
    );
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(hook)}` };
    const { code, err } = await stdp([...train, '--out', 'run'], { cwd, env });
    expect(code).toBe(2);
    expect(err).toMatch(
      /\nWhat was learned before it failed is saved in run\.\nerror: run got no pictures and report: ENOSPC[^\n]*\n$/,
    );
    expect(err).not.toContain('is kept');
    expect(readdirSync(cwd).sort()).toEqual(['full.cjs', 'run']);
    expect((await loadRun(join(cwd, 'run'))).status).toBe('complete');
  });

  it('in its pictures, keeps its weights', async () => {
    const out = join(box(), 'run');
    const broken = join(root, 'broken.mjs');
    writeFileSync(
      broken,
      `import { PNG } from ${JSON.stringify(new URL('../../dist/vendor/png.js', import.meta.url).href)};\nPNG.sync.write = () => { throw new RangeError('too large'); };`,
    );
    const { code, err } = await stdp([...train, '--out', out], {
      env: { NODE_OPTIONS: `--import ${JSON.stringify(`file://${broken}`)}` },
    });
    expect(code).toBe(1);
    expect(err).toContain(`What was learned before it failed is saved in ${out}.`);
    expect((await loadRun(out)).status).toBe('complete');
    expect(readFileSync(join(out, 'weights.bin')).length).toBeGreaterThan(0);
  });
});
