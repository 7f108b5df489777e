import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Call } from '../../src/cli/commandLine.js';
import { generateDigits } from '../../src/data/digits.js';

/** The program as it is shipped; `npm test` builds it first. */
export const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How {@link stdp} calls it. */
export const here: Call = { script: program, directory: process.cwd(), lifecycle: undefined };

/** What came of running the program; its code as a shell sees it, 128 + n when signal n ended it. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs `stdp …args` to its end.
 *
 * @param watch  sees the process and what it has written to stderr so far.
 * @param cwd    where it runs.
 * @param env    what its environment has beside that of the tests.
 */
export const stdp = (
  args: readonly string[],
  {
    watch,
    cwd,
    env,
  }: {
    readonly watch?: (child: ChildProcess, err: string) => void;
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
  } = {},
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      watch?.(child, err);
    });
    child
      .on('error', reject)
      .on('close', (code, signal) => resolve({ code: signal === null ? code : 128 + constants.signals[signal], out, err }));
  });

/**
 * The environment of a program that gets a signal in the moment when it says the name of a stage, however fast it is.
 *
 * @param again  milliseconds by its clock until it gets the signal a second time. Default: it doesn't.
 */
export const raising = (stage: string, signal: NodeJS.Signals, again?: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--require ${JSON.stringify(fileURLToPath(new URL('raise.cjs', import.meta.url)))}`,
  RAISE: JSON.stringify({ stage, signal, again }),
});

/** An IDX file of unsigned bytes: magic number and sizes as big-endian words, then the data. */
export function idx(sizes: readonly number[], data: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  [0x800 + sizes.length, ...sizes].forEach((word, index) => {
    header.writeUInt32BE(word, 4 * index);
  });
  return Buffer.concat([header, data]);
}

/** The four files of a data set by name, of generated digits. */
export function digitFiles(train = 60, test = 30): { readonly [name: string]: Buffer } {
  const [learn, check] = [generateDigits(train, 7), generateDigits(test, 8)];
  return {
    'train-images-idx3-ubyte': idx([train, 28, 28], learn.pixels),
    'train-labels-idx1-ubyte': idx([train], Uint8Array.from(learn.labels)),
    't10k-images-idx3-ubyte': idx([test, 28, 28], check.pixels),
    't10k-labels-idx1-ubyte': idx([test], Uint8Array.from(check.labels)),
  };
}

/** Writes a folder of files, packed when asked; returns its path. */
export function writeFolder(folder: string, files: { readonly [name: string]: Buffer }, packed = false): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, packed ? `${name}.gz` : name), packed ? gzipSync(content) : content);
  return folder;
}

/** Settings of a network that learns in a moment. */
export const small = ['layers.0.images=20', 'layers.0.maps=4', 'readout.iterations=10'].flatMap((setting) => ['--set', setting]);
