import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ensure, StdpError } from '../core/errors.js';
import type { Run } from './run.js';
import { namedArrays, withArrays } from './runArrays.js';
import { parseRunRecord } from './runRecord.js';
import { formatWeights, parseWeights } from './weightsFile.js';

export type { CompetitiveRun, DataChoice, LatencyRun, Run } from './run.js';

const where = 'run folder';

/** What a run folder may hold; anything else belongs to someone. */
const ownFile = /^(run\.json|weights\.(json|bin)|report\.html|receptive-fields-layer\d+\.png)$/;

/**
 * Fails early, before hours of work, when `folder` can't be written or holds something else. Leaves nothing behind.
 *
 * @throws {StdpError} saying which.
 */
export function checkRunFolder(folder: string): void {
  failing(folder, () => {
    const existing = existsSync(folder) ? readdirSync(folder) : [];
    const foreign = existing.find((name) => !ownFile.test(name));
    ensure(
      foreign === undefined,
      where,
      folder,
      () => `exists and holds ${foreign}, which is not of a run; choose another --out`,
    );
    if (existing.length > 0) parseRunRecord(folder, readFileSync(join(folder, 'run.json'), 'utf8'));
    let parent = dirname(resolve(folder));
    while (!existsSync(parent)) parent = dirname(parent);
    const probe = join(parent, `.${process.pid}.probe`);
    mkdirSync(probe);
    rmSync(probe, { recursive: true });
  });
}

/**
 * Writes a run as a whole: everything goes to a folder beside it first, so that what stands under `folder` is always
 * complete, the old run or the new. It is synchronous so that no signal handler can end the program half-way.
 *
 * @param files  further files by name, pictures and the report.
 * @throws {StdpError} when it can't be written; the old run stays.
 * @example
 * const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, kernelSize: 1 }] }));
 * const arrays = { layers: [Float32Array.of(0.2, 0.8, 0.5, 0.1)] };
 * await writeRunFolder('my-run', {
 *   format: 'tfjs-stdp run 2', kind: 'latency', status: 'interrupted', network, seed: 1, control: false, backend: 'cpu',
 *   data: { name: 'generated digits', train: 5, holdout: 0, channels: 2 },
 *   training: { layer: 1, imagesSeen: 0, convergence: [] }, arrays,
 * }, new Map([['note.txt', 'five images']]));
 * (await readRunFolder('my-run')).arrays;   // => arrays
 */
export function writeRunFolder(folder: string, run: Run, files: ReadonlyMap<string, Uint8Array | string>): void {
  const target = resolve(folder);
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  const old = `${draft}.old`;
  const { json, bin } = formatWeights(namedArrays(run));
  const { arrays: _, ...record } = run;
  const all = new Map<string, Uint8Array | string>([
    ['run.json', `${JSON.stringify(record, null, 2)}\n`],
    ['weights.json', json],
    ['weights.bin', bin],
    ...files,
  ]);
  try {
    failing(folder, () => {
      mkdirSync(draft, { recursive: true });
      for (const [name, content] of all) writeFileSync(join(draft, name), content);
      if (existsSync(target)) renameSync(target, old);
      renameSync(draft, target);
    });
  } finally {
    if (existsSync(old) && !existsSync(target)) renameSync(old, target);
    for (const rest of [draft, old]) rmSync(rest, { recursive: true, force: true });
  }
}

/**
 * Reads a run back.
 *
 * @throws {StdpError} when the folder is missing, is no run, or is damaged.
 * @example
 * await readRunFolder('nowhere').catch(({ message }) => message);   // => 'run folder: nowhere does not exist'
 */
export async function readRunFolder(folder: string): Promise<Run> {
  const read = (name: string): Promise<Buffer> =>
    readFile(join(folder, name)).catch(() => {
      throw new StdpError(
        where,
        folder,
        existsSync(folder) ? `has no ${name} that can be read: it is not a run of this program` : 'does not exist',
      );
    });
  const record = parseRunRecord(folder, (await read('run.json')).toString('utf8'));
  const arrays = parseWeights(folder, { json: (await read('weights.json')).toString('utf8'), bin: await read('weights.bin') });
  return withArrays(folder, record, arrays);
}

/** Runs `work`; what the file system refuses becomes one sentence. */
function failing(folder: string, work: () => void): void {
  try {
    work();
  } catch (reason) {
    if (reason instanceof StdpError) throw reason;
    throw new StdpError(where, folder, `can't be written: ${reason instanceof Error ? reason.message : String(reason)}`);
  }
}
