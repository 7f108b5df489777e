import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { loadRun, saveRun } from '../../src/io/runFolder.js';
import { tinyRun } from './runs.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-runs-')));
const mountedAt = new Set<string>();
afterAll(() => {
  for (const folder of mountedAt) spawnSync('umount', [folder]);
  rmSync(root, { recursive: true });
});

let boxes = 0;
/** A folder of its own for a test. */
function box(): string {
  const folder = join(root, String(boxes++));
  mkdirSync(folder);
  return folder;
}

const refused = async (attempt: () => unknown): Promise<string> => {
  try {
    await attempt();
  } catch (reason) {
    expect(reason).toBeInstanceOf(StdpError);
    return (reason as StdpError).message;
  }
  return expect.fail('was not refused');
};
const keptIn = (message: string): string => message.match(/the run is kept in (.*)$/)?.[1] ?? expect.fail(message);
const seedOf = async (folder: string): Promise<number> => (await loadRun(folder)).seed;

/** Names of which a terminal, or a file system that is blind to case, would make others. */
const foreign = ['a\nb', 'a\u001b[31m', '\u009b', 'a\u007f', 'RUN.JSON', 'Run.json', 'Weights.bin', 'weights.JSON'];

describe('saveRun', () => {
  it('refuses options it does not know, and the run that stands there stays', async () => {
    const out = join(box(), 'run');
    saveRun(out, tinyRun(1));
    for (const options of [{ replce: false }, { replace: 1 }, null, 5, [false]])
      expect(await refused(() => saveRun(out, tinyRun(2), new Map(), options as object))).toMatch(
        /^saveRun: (replce is not a parameter; known are replace|replace must be true or false|options must be a record)/,
      );
    expect(await seedOf(out)).toBe(1);
  });

  it('writes what loadRun reads, over an older run and nothing else', async () => {
    const out = join(box(), 'run');
    saveRun(out, tinyRun(), new Map([['note.txt', 'one']]));
    expect(await loadRun(out)).toEqual(tinyRun());
    saveRun(out, tinyRun(2), new Map([['picture.png', Uint8Array.of(1, 2)]]));
    expect(await seedOf(out)).toBe(2);
    expect(readdirSync(out).sort()).toEqual(['picture.png', 'run.json', 'weights.bin', 'weights.json']);
    expect(readdirSync(join(out, '..'))).toEqual(['run']);
    expect(await refused(() => saveRun(out, tinyRun(3), new Map(), { replace: false }))).toContain('holds a run already');
    expect(await seedOf(out)).toBe(2);
  });

  it.each<[string, (out: string) => void]>([
    ['a file of somebody', (out) => writeFileSync(join(out, 'notes'), 'mine')],
    ['a folder of somebody', (out) => mkdirSync(join(out, 'notes'))],
    ['a file by a name of ours', (out) => writeFileSync(join(out, 'receptive-fields-layer9.png'), 'mine')],
    ['a file of ours that somebody changed', (out) => writeFileSync(join(out, 'report.html'), 'mine')],
    ['a link by a name of ours', (out) => symlinkSync('/', join(out, 'weights.json.txt'))],
    ['a run.json of something else', (out) => writeFileSync(join(out, 'run.json'), '{"format":"tfjs-stdp run 2"}')],
    ['no run.json', (out) => rmSync(join(out, 'run.json'))],
  ])('removes no folder with %s', async (_, change) => {
    const out = join(box(), 'run');
    saveRun(out, tinyRun(), new Map([['report.html', 'ours']]));
    change(out);
    const before = readdirSync(out).sort();
    const message = await refused(() => saveRun(out, tinyRun(2)));
    expect(readdirSync(out).sort()).toEqual(before);
    expect(await seedOf(keptIn(message))).toBe(2);
  });

  it.each(['../x', 'a/b', '..', '.', '', 'a\\b', 'a\0b', '/etc/x', 'run.json', 'weights.bin', 'x'.repeat(300), ...foreign])(
    'takes no file by the name %j',
    async (name) => {
      const folder = box();
      expect(await refused(() => saveRun(join(folder, 'run'), tinyRun(), new Map([[name, 'x']])))).toMatch(
        /^saveRun: files must be named/,
      );
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it.each(['', ' ', 'a\0b', 5, null, undefined, ['x']])('takes no folder by the name %j', async (name) => {
    for (const attempt of [() => saveRun(name as string, tinyRun()), () => loadRun(name as string)])
      expect(await refused(attempt)).toMatch(/must be the name of a folder/);
  });

  it.each<[string, (here: string) => string]>([
    ['.', () => '.'],
    ['its path', (here) => here],
    ['a path to it', () => '../run'],
    ['a link to it', () => '../link'],
    ['a path through a link', () => '../way/run'],
  ])('doesn’t replace the working directory, by the name of %s, which can be read', async (_, nameOf) => {
    const folder = box();
    const here = join(folder, 'run');
    saveRun(here, tinyRun(1));
    symlinkSync('run', join(folder, 'link'));
    symlinkSync('.', join(folder, 'way'));
    const program = fileURLToPath(new URL('../../dist/io/runFolder.js', import.meta.url));
    const again = `
      const { loadRun, saveRun } = await import(${JSON.stringify(program)});
      const run = await loadRun(process.argv[1]);
      try { saveRun(process.argv[1], { ...run, seed: 2 }); } catch (reason) { console.log(run.seed, reason.message); }`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', again, nameOf(here)], { cwd: here });
    expect(String(said)).toMatch(/^1 saveRun: \S+ is the working directory; name a folder in it\n$/);
    expect(await seedOf(here)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(['link', 'run', 'way']);
  });

  it.each(['file/run', `${'x'.repeat(300)}`, 'circle'])('takes no folder that the file system can’t have: %s', async (name) => {
    const folder = box();
    writeFileSync(join(folder, 'file'), 'mine');
    symlinkSync('circle', join(folder, 'circle'));
    expect(await refused(() => loadRun(join(folder, name)))).toMatch(/can't be|does not exist|leads nowhere/);
    const message = await refused(() => saveRun(join(folder, name), tinyRun()));
    expect(message).toMatch(/can't be|leads nowhere/);
    if (name.length < 255) rmSync(keptIn(message), { recursive: true });
    expect(readdirSync(folder)).toEqual(['circle', 'file']);
  });

  it.each<[string, string, (out: string) => void]>([
    ['a link to nothing', 'run', (out) => symlinkSync('nowhere', out)],
    ['a link to itself', 'run', (out) => symlinkSync('run', out)],
    ['below a file', 'file/run', (out) => writeFileSync(join(out, '..'), 'mine')],
    ['below a file, deep', 'file/a/run', (out) => writeFileSync(join(out, '../..'), 'mine')],
  ])('keeps the run and says where when its place has become %s', async (_, name, become) => {
    const out = join(box(), name);
    become(out);
    const kept = keptIn(await refused(() => saveRun(out, tinyRun(7))));
    expect(await seedOf(kept)).toBe(7);
    rmSync(kept, { recursive: true });
  });

  it('leaves a link a link, and a folder its mode', async () => {
    const folder = box();
    mkdirSync(join(folder, 'real'));
    chmodSync(join(folder, 'real'), 0o750);
    symlinkSync('real', join(folder, 'link'));
    for (const seed of [1, 2]) saveRun(join(folder, 'link'), tinyRun(seed));
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'real')).mode & 0o777).toBe(0o750);
    expect(await seedOf(join(folder, 'real'))).toBe(2);
    symlinkSync('nowhere', join(folder, 'dangling'));
    expect(await refused(() => saveRun(join(folder, 'dangling'), tinyRun()))).toContain('is a link that leads nowhere');
  });

  it('mixes nothing of a draft that was cut off into a run', async () => {
    const folder = box();
    const stale = join(folder, `.run.${process.pid}.part`);
    const other = join(folder, '.run.0123456789ab.part');
    for (const draft of [stale, other]) {
      mkdirSync(draft);
      writeFileSync(join(draft, 'receptive-fields-layer7.png'), 'old');
    }
    saveRun(join(folder, 'run'), tinyRun());
    expect(readdirSync(join(folder, 'run')).sort()).toEqual(['run.json', 'weights.bin', 'weights.json']);
    expect([existsSync(stale), existsSync(other)]).toEqual([true, true]);
  });

  it('is finished by whoever reads next, wherever it was killed: the old run or the new, whole, and no file of somebody lost', async () => {
    const program = fileURLToPath(new URL('../../dist/io/runFolder.js', import.meta.url));
    const killer = fileURLToPath(new URL('killAt.cjs', import.meta.url));
    const run = tinyRun(2);
    const text = JSON.stringify({ ...run, arrays: undefined });
    const script = `
      const { saveRun } = await import(${JSON.stringify(program)});
      const arrays = { layers: [Float32Array.of(0.2, 0.8, 0.5, 0.1)] };
      saveRun(process.argv[1], { ...${text}, arrays }, new Map([['new.txt', 'new']]));`;
    const seen = new Set<number>();
    for (let at = 1, killed = true; killed; at++) {
      const folder = box();
      const out = join(folder, 'run');
      saveRun(out, tinyRun(1), new Map([['old.txt', 'old']]));
      const args = ['--require', killer, '--input-type=module', '--eval', script, out];
      const { signal, stderr } = spawnSync(process.execPath, args, {
        env: { ...process.env, KILL_AT: String(at) },
        encoding: 'utf8',
      });
      killed = signal === 'SIGKILL';
      if (!killed) expect(stderr).toBe('');
      const seed = await seedOf(out);
      seen.add(seed);
      expect(readdirSync(out).sort()).toEqual(
        [seed === 1 ? 'old.txt' : 'new.txt', 'run.json', 'weights.bin', 'weights.json'].sort(),
      );
      saveRun(out, tinyRun(3));
      expect(await loadRun(out)).toEqual(tinyRun(3));
      expect(readdirSync(folder).filter((name) => name.endsWith('.old'))).toEqual([]);
      if (!killed) expect(at).toBeGreaterThan(10);
    }
    expect([...seen].sort()).toEqual([1, 2]);
  });

  it('keeps what somebody puts into the folder at the last moment', () => {
    const out = join(box(), 'run');
    saveRun(out, tinyRun());
    const script = `
      const fs = require('node:fs');
      const { renameSync } = fs;
      fs.renameSync = (from, to) => {
        if (to.endsWith('.old')) fs.writeFileSync(from + '/notes', 'mine');
        renameSync(from, to);
      };
      require('node:module').syncBuiltinESMExports();`;
    const hook = join(root, 'intruder.cjs');
    writeFileSync(hook, script);
    const program = fileURLToPath(new URL('../../dist/io/runFolder.js', import.meta.url));
    const again = `
      const { loadRun, saveRun } = await import(${JSON.stringify(program)});
      saveRun(process.argv[1], await loadRun(process.argv[1]));`;
    execFileSync(process.execPath, ['--require', hook, '--input-type=module', '--eval', again, out]);
    expect(readFileSync(join(out, 'notes'), 'utf8')).toBe('mine');
    expect(readdirSync(join(out, '..'))).toEqual(['run']);
  });
});

/** Whether this user may mount; where not, what needs it is left out by name. */
const mounts = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', box()]).status === 0;
if (mounts) spawnSync('umount', [join(root, String(boxes - 1))]);

describe.skipIf(!mounts)('a disk of its own (needs to mount)', () => {
  const mounted = (options: string): string => {
    const folder = box();
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder]);
    mountedAt.add(folder);
    return folder;
  };

  it('that is the place itself can’t be replaced: the run is kept', async () => {
    const out = mounted('size=1m');
    const message = await refused(() => saveRun(out, tinyRun()));
    expect(await seedOf(keptIn(message))).toBe(1);
  });

  it('that is full or can only be read: the run is kept elsewhere', async () => {
    const full = mounted('size=64k');
    saveRun(join(full, 'run'), tinyRun());
    writeFileSync(join(full, 'filler'), Buffer.alloc(24_576));
    const big = new Map([['report.html', 'x'.repeat(60_000)]]);
    const message = await refused(() => saveRun(join(full, 'run'), tinyRun(2), big));
    expect(message).toContain("run can't be written: ENOSPC");
    const kept = keptIn(message);
    expect(await seedOf(kept)).toBe(2);
    expect(await seedOf(join(full, 'run'))).toBe(1);
    rmSync(kept, { recursive: true });
    execFileSync('mount', ['-o', 'remount,ro', full]);
    const readOnly = await refused(() => saveRun(join(full, 'other'), tinyRun(3)));
    expect(readOnly).toContain("other can't be written: EROFS");
    const other = keptIn(readOnly);
    expect(await seedOf(other)).toBe(3);
    rmSync(other, { recursive: true });
  });
});

const immutable = ((): boolean => {
  const folder = box();
  const can = spawnSync('chattr', ['+i', folder]).status === 0;
  if (can) spawnSync('chattr', ['-i', folder]);
  return can;
})();

it.skipIf(!immutable)('keeps the run beside a folder that is immutable (needs chattr)', async () => {
  const out = join(box(), 'run');
  saveRun(out, tinyRun());
  execFileSync('chattr', ['+i', out]);
  try {
    expect(await seedOf(keptIn(await refused(() => saveRun(out, tinyRun(2)))))).toBe(2);
    expect(await seedOf(out)).toBe(1);
  } finally {
    execFileSync('chattr', ['-i', out]);
  }
});

describe('loadRun', () => {
  it('finds both halves of a run that was cut off between two renames', async () => {
    const folder = box();
    const out = join(folder, 'run');
    saveRun(out, tinyRun(1));
    renameSync(out, join(folder, '.run.0123456789ab.old'));
    expect(await seedOf(out)).toBe(1);
    saveRun(join(folder, 'next'), tinyRun(2));
    renameSync(out, join(folder, '.run.0123456789ab.old'));
    renameSync(join(folder, 'next'), join(folder, '.run.0123456789ab.part'));
    expect(await seedOf(out)).toBe(2);
    expect(readdirSync(folder)).toEqual(['run']);
  });
});
