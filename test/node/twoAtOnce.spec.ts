import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { addToRunFolder, checkRunFolder, keepRun } from '../../src/io/programRuns.js';
import { loadRun, type Replaceable, readExisting, saveRun } from '../../src/io/runFolder.js';
import { digitFiles, program, raising, small, stdp, writeFolder } from './program.js';
import { tinyRun } from './runs.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-two-')));
afterAll(() => rmSync(root, { recursive: true }));
const data = writeFolder(join(root, 'digits'), digitFiles(12, 6));
const box = (): string => mkdtempSync(join(root, 'box-'));

const seedOf = async (folder: string): Promise<number> => (await loadRun(folder)).seed;
const keptIn = (message: string): string => message.match(/the run is kept in ([^\n]*)/)?.[1] ?? expect.fail(message);
function messageOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (reason) {
    return (reason as Error).message;
  }
  return expect.fail('was not refused');
}

describe('a run that comes to a place while another is on its way there', () => {
  it.each<[string, boolean, (out: string) => Promise<Replaceable>]>([
    ['is free', false, async () => 'no run'],
    ['is free, and would be replaced', false, async () => 'any run'],
    ['holds a run to replace', true, async () => 'any run'],
    ['holds the run to go on with', true, async (out) => (await readExisting(out)).existing],
  ])('stays where the place %s, and the other is kept beside', async (_, holds, replaceable) => {
    const [calm, out] = [join(box(), 'run'), join(box(), 'run')];
    for (const place of [calm, out]) if (holds) saveRun(place, tinyRun(1));
    const [quiet, existing] = [checkRunFolder(calm, await replaceable(calm)), checkRunFolder(out, await replaceable(out))];

    keepRun(calm, tinyRun(3), quiet);
    expect(await seedOf(calm)).toBe(3);

    saveRun(out, tinyRun(2));
    const message = messageOf(() => keepRun(out, tinyRun(3), existing));
    expect(message).toContain('run holds a run that came there meanwhile, and stays; the run is kept in ');
    expect([await seedOf(out), await seedOf(keptIn(message))]).toEqual([2, 3]);
  });

  it('is not the run to go on with any more when work begins', async () => {
    const out = join(box(), 'run');
    saveRun(out, tinyRun(1));
    const { existing } = await readExisting(out);
    saveRun(out, tinyRun(2));
    expect(messageOf(() => checkRunFolder(out, existing))).toContain('came there meanwhile');
    expect(await seedOf(out)).toBe(2);
  });

  it('stays where pictures were to be added to the first, which is kept with them', async () => {
    const out = join(box(), 'run');
    const pictures = new Map([['report.html', 'pictures']]);
    keepRun(out, tinyRun(1), checkRunFolder(out, 'no run'));
    addToRunFolder(out, tinyRun(1), pictures);
    expect(readdirSync(out)).toContain('report.html');
    saveRun(out, tinyRun(2));
    const message = messageOf(() => addToRunFolder(out, tinyRun(1), pictures));
    expect(message).toContain('came there meanwhile');
    expect([await seedOf(out), await seedOf(keptIn(message))]).toEqual([2, 1]);
    expect(readdirSync(keptIn(message))).toContain('report.html');
  });

  it('stays also when it comes between the last look and the renaming', async () => {
    const [out, other] = [join(box(), 'run'), join(box(), 'run')];
    saveRun(out, tinyRun(1));
    saveRun(other, tinyRun(2));
    const hook = join(root, 'last-moment.cjs');
    writeFileSync(
      hook,
      `
      const fs = require('node:fs');
      const { renameSync } = fs;
      let looked = false;
      fs.renameSync = (from, to) => {
        if (to.endsWith('.old') && !looked) {
          looked = true;
          fs.rmSync(from, { recursive: true });
          fs.cpSync(${JSON.stringify(other)}, from, { recursive: true });
        }
        renameSync(from, to);
      };
      require('node:module').syncBuiltinESMExports();`,
    );
    const from = (file: string) => JSON.stringify(fileURLToPath(new URL(`../../dist/io/${file}.js`, import.meta.url)));
    const save = `
      const { readExisting } = await import(${from('runFolder')});
      const { keepRun } = await import(${from('programRuns')});
      const { run, existing } = await readExisting(process.argv[1]);
      try { keepRun(process.argv[1], run, existing); } catch (reason) { console.log(reason.message); }`;
    const said = execFileSync(process.execPath, ['--require', hook, '--input-type=module', '--eval', save, out], {
      encoding: 'utf8',
    });
    expect(said).toContain('came there meanwhile');
    expect([await seedOf(out), await seedOf(keptIn(said))]).toEqual([2, 1]);
  });
});

it('two go on with one run: the second is told who works on it, and the first is not disturbed', async () => {
  const out = join(box(), 'run');
  const begun = await stdp(['train', '--data', data, ...small, '--out', out], { env: raising('learn layer 1', 'SIGINT') });
  expect(begun.code, begun.err).toBe(130);
  const goOn = ['train', '--resume', out];
  const hook = join(root, 'second.cjs');
  const said = join(root, 'second.txt');
  writeFileSync(
    hook,
    `
    const { isMainThread } = require('node:worker_threads');
    const write = process.stderr.write.bind(process.stderr);
    let begun = !isMainThread;
    process.stderr.write = (chunk, ...rest) => {
      if (!begun && String(chunk).includes('fit read-out')) {
        begun = true;
        const { status, stderr } = require('node:child_process').spawnSync(process.execPath, ${JSON.stringify([program, ...goOn])}, {
          env: { ...process.env, NODE_OPTIONS: '' },
        });
        require('node:fs').writeFileSync(${JSON.stringify(said)}, status + ' ' + process.pid + ' ' + stderr);
      }
      return write(chunk, ...rest);
    };`,
  );
  const { code, err } = await stdp(goOn, { env: { NODE_OPTIONS: `--require ${JSON.stringify(hook)}` } });
  expect(code, err).toBe(0);
  const [status, pid, ...words] = readFileSync(said, 'utf8').split(' ');
  expect([status, words.join(' ')]).toEqual([
    '2',
    expect.stringContaining(`is being worked on by process ${pid} on ${hostname()}`),
  ]);
  expect((await loadRun(out)).status).toBe('complete');
  expect(readdirSync(out)).toContain('report.html');
});
