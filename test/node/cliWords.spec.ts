import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commandLine } from '../../src/cli/commandLine.js';
import { paramsCommand } from '../../src/cli/commands/paramsCommand.js';
import { exitCodeOf } from '../../src/cli/exitCodes.js';
import { ensureMemory } from '../../src/cli/job/ensureMemory.js';
import { type Job, newJob } from '../../src/cli/job/job.js';
import { showProgress } from '../../src/cli/progress.js';
import { applySettings } from '../../src/cli/settings.js';
import { printable } from '../../src/cli/text.js';
import { StdpError } from '../../src/core/errors.js';
import { closest } from '../../src/core/params/closest.js';
import { digitDataSet } from '../../src/data/digits.js';
import { type PresetName, presets } from '../../src/papers/presets.js';
import { ruleNames } from '../../src/rules/ruleFromJSON.js';
import { stdp } from './program.js';

/** What is written to a stream meanwhile. */
function written(stream: NodeJS.WriteStream, work: () => void): string {
  const spy = vi.spyOn(stream, 'write').mockImplementation(() => true);
  work();
  const text = spy.mock.calls.map(([chunk]) => String(chunk)).join('');
  spy.mockRestore();
  return text;
}

describe('an ending', () => {
  const ending = (reason: unknown, hint?: string) => {
    let code = Number.NaN;
    const err = written(process.stderr, () => {
      code = exitCodeOf(reason, hint);
    });
    return { code, err };
  };
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    [new StdpError('loadIdxFolder', 'data', 'does not exist'), 'data does not exist'],
    [new StdpError('stdp window', 'a.svg', "can't be written"), "a.svg can't be written"],
    [new StdpError('network.layers[0]', 'maps', 'must be more'), 'network.layers[0]: maps must be more; try help'],
    [new StdpError('pairStdp', 'tauPre', 'must be more'), 'tauPre must be more; try help'],
    [new StdpError('stdp', '--set', 'is odd'), '--set is odd; try help'],
  ])('by a refusal is one line and 2: %s', (reason, line) => {
    expect(ending(reason, 'help')).toEqual({ code: 2, err: `error: ${line}\n` });
  });

  it('by the system is one line and 2', () => {
    const reason = Object.assign(new Error("ENOSPC: no space left on device, write 'a'"), { code: 'ENOSPC', syscall: 'write' });
    expect(ending(reason)).toEqual({ code: 2, err: "error: no space left on device, write 'a' (ENOSPC)\n" });
  });

  it.each([new TypeError('a is\nnot b'), 'a text', undefined, { message: 5 }])(
    'by anything else is one line and 1: %s',
    (reason) => {
      const { code, err } = ending(reason);
      expect([code, err]).toEqual([1, expect.stringMatching(/^unexpected error: [^\n]*; please report it [^\n]*\n$/)]);
      vi.stubEnv('STDP_STACK', '1');
      expect(ending(reason).err.includes('    at ')).toBe(reason instanceof Error);
    },
  );
});

describe('what came from elsewhere', () => {
  it.each([
    ['a\u001b[31mb', 'a\\u001b[31mb'],
    ['a\u009b2Jb\r\n', 'a\\u009b2Jb\\u000d\\u000a'],
    ['\u202egvs\u2028', '\\u202egvs\\u2028'],
    ['naïve Δ 数字 🙂', 'naïve Δ 数字 🙂'],
  ])('%j is shown without what a terminal obeys', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('stays JSON', () => {
    const value = { name: '\u001b\u009b\u202e"\\', tag: '\u{e0001}' };
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
  });
});

describe('memory', () => {
  const data = digitDataSet(1, 20, 10);
  const job = (kind: 'latency' | 'competitive'): Job =>
    kind === 'latency'
      ? newJob('quick', { set: ['layers.0.maps=1000', 'readout.grid=4'], checkpoint: 30 })
      : newJob('diehlCook2015', { neurons: 1000, set: [], checkpoint: 30 });

  it.each([
    ['latency', 4 * 16 * 1000 * 30, 'quick needs at least 0.0 GiB of memory, there are 0.0 GiB: take fewer maps'],
    ['competitive', 4 * 784 * 1000 * (3 + 2), 'take fewer neurons or --workers'],
  ] as const)('of a %s network that is not there is told before work begins', (kind, bytes, told) => {
    expect(() => ensureMemory(job(kind), data, 2, bytes)).not.toThrow();
    expect(() => ensureMemory(job(kind), data, 2, bytes - 1)).toThrow(told);
    expect(() => ensureMemory(job(kind), data, 2)).not.toThrow();
  });
});

describe('a hint', () => {
  const resume = ['train', '--resume', 'runs/my run'];
  it.each([
    ['/usr/bin/stdp', undefined, "stdp train --resume 'runs/my run'"],
    ['/usr/bin/tfjs-stdp', undefined, "tfjs-stdp train --resume 'runs/my run'"],
    ['/a/node_modules/.bin/stdp', 'npx', "npx tfjs-stdp train --resume 'runs/my run'"],
    ['/a/node_modules/.bin/tfjs-stdp', 'npx', "npx tfjs-stdp train --resume 'runs/my run'"],
    ['/a/node_modules/.bin/stdp', 'start', "npx tfjs-stdp train --resume 'runs/my run'"],
    ['/a/dist/cli/main.js', undefined, "node dist/cli/main.js train --resume 'runs/my run'"],
    ['/a/dist/cli/main.js', 'start', "npm start -- --resume 'runs/my run'"],
    ['/elsewhere/cli/main.js', 'test', "node /elsewhere/cli/main.js train --resume 'runs/my run'"],
  ])('is a command in the way in which the program was called: %s, %s', (script, lifecycle, line) => {
    expect(commandLine(resume, { script, directory: '/a', lifecycle })).toBe(line);
  });

  it('of npm start names other commands beside it', () => {
    const call = { script: '/a/dist/cli/main.js', directory: '/a', lifecycle: 'start' };
    expect(commandLine(['params', '--preset', 'quick'], call)).toBe('npx tfjs-stdp params --preset quick');
    expect(commandLine(['train', '--resume', "it's"], call)).toBe("npm start -- --resume 'it'\\''s'");
  });

  it.each(['pairStpd', 'pairstdp', 'pairSdp', 'parStdp', 'paisrStdp'])('knows what was meant by %s', (word) => {
    expect(closest(word, ruleNames)).toBe('pairStdp');
  });

  it('guesses nothing where nothing is near', () => {
    for (const word of ['', 'x', 'nope', 'window']) expect(closest(word, ruleNames)).toBeUndefined();
  });

  it('of the program says which command is meant where none is named', async () => {
    expect((await stdp(['--help'])).out.replaceAll(/\s+/g, ' ')).toContain('and a report (the default command)');
  });
});

describe('progress', () => {
  const { isTTY } = process.stderr;
  afterEach(() => {
    vi.unstubAllEnvs();
    process.stderr.isTTY = isTTY;
  });
  const shown = (terminal: boolean, env: { readonly TERM?: string; readonly NO_COLOR?: string }) => {
    process.stderr.isTTY = terminal;
    vi.stubEnv('TERM', env.TERM ?? 'xterm');
    vi.stubEnv('NO_COLOR', env.NO_COLOR ?? '');
    return written(process.stderr, () => {
      const { update, stop } = showProgress();
      for (const stage of ['learn', 'test']) for (let done = 0; done <= 1000; done++) update(stage, done, 1000, `${done} seen`);
      stop();
      stop();
    });
  };

  it('is a line at the beginning and the end of a stage where there is no terminal for bars', () => {
    const end = (stage: string) => `${stage} …\n${stage}: 1000/1000, \\d+/s, \\d+\\.\\d s, 1000 seen\n`;
    const lines = new RegExp(`^${end('learn')}${end('test')}$`);
    expect(shown(false, {})).toMatch(lines);
    expect(shown(true, { TERM: 'dumb' })).toMatch(lines);
    expect(shown(true, { NO_COLOR: '1' })).toMatch(lines);
  });

  it('tells the rate of this run, not of what an earlier one has done', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const told = (terminal: boolean) => {
      process.stderr.isTTY = terminal;
      return written(process.stderr, () => {
        const { update, stop } = showProgress();
        for (let done = 50_000; done <= 50_020; done++) {
          update('learn', done, 60_000);
          vi.advanceTimersByTime(500);
        }
        stop();
      });
    };
    expect(told(false)).toMatch(/learn: 50020\/60000, 1\.9\/s, 10\.5 s\n$/);
    vi.useRealTimers();
  });

  it('tells no rate of what was done at once', () => {
    process.stderr.isTTY = false;
    const text = written(process.stderr, () => {
      const { update, stop } = showProgress();
      update('test', 5, 5);
      stop();
    });
    expect(text).toMatch(/^test …\ntest: 5\/5, \d+\.\d s\n$/);
  });

  it('is a bar on a terminal', () => {
    expect(shown(true, {})).toMatch(/learn \[.*█/);
  });
});

describe('stdp params', () => {
  const listOf = (options: object) => written(process.stdout, () => paramsCommand(options)).trimEnd();
  const whose = [
    ...ruleNames.map((rule) => ({ rule })),
    ...Object.keys(presets).map((preset) => ({ preset: preset as PresetName })),
  ];
  it.each(whose)('lists settings that say what is there already: %j', (options) => {
    const [lines, json] = [listOf(options).split('\n'), JSON.parse(listOf({ ...options, json: true })) as object];
    expect(lines.length).toBeGreaterThan(1);
    const numbers = JSON.parse(JSON.stringify(json), (_, value: unknown) =>
      value === 'Infinity' ? Number.POSITIVE_INFINITY : value,
    );
    expect(applySettings(numbers as object, lines)).toEqual(numbers);
  });
});

describe('a Node that is too old', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stdp-old-'));
  afterEach(() => rmSync(folder, { recursive: true }));
  it('is told so before anything else', async () => {
    const file = join(folder, 'old.cjs');
    writeFileSync(file, "Object.defineProperty(process.versions, 'node', { value: '20.11.1' });");
    const { code, out, err } = await stdp(['--version'], { env: { NODE_OPTIONS: `--require ${file}` } });
    expect([code, out, err]).toEqual([2, '', 'error: stdp needs Node 20.12 or later, this is 20.11.1\n']);
  });
});
