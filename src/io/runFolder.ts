import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isLeft, tryCatch } from 'fp-ts/lib/Either.js';
import { identity } from 'fp-ts/lib/function.js';
import { ensure, orThrow, StdpError } from '../core/errors.js';
import { flag, validateParams } from '../core/params/validation.js';
import { messageOf, show } from '../core/show.js';
import { checkedRun, withArrays } from './checkedRun.js';
import { checksum } from './checksum.js';
import { type Draft, type Files, writeDraft } from './draft.js';
import type { Run } from './kinds/networkKinds.js';
import { ensureFolderName, identityAt, lookAt, placeOf, placeToWrite } from './runPlace.js';
import { formatRunFile, isFileName, parseRunFile } from './runRecord.js';
import { moveDraft, recover } from './swapFolder.js';
import { formatWeights, parseWeights } from './weightsFile.js';

/** How a run is written. */
export interface RunFolderOptions {
  /** Whether a run that stands there gives way. Default true; nothing but a run ever does. */
  readonly replace?: boolean;
}

/**
 * Writes a run as a whole: everything goes to a folder beside it first, so that what stands under `folder` is always complete, the
 * old run or the new. A link to a folder stays one. It is synchronous so that no signal handler can end the program half-way; killed
 * half-way, the next call of this or of {@link loadRun} finishes it.
 *
 * What stands there already is removed only when all of it was written by a run and is unchanged (`run.json` holds checksums of all
 * files and of itself); files of anybody else stay, and the call is refused.
 *
 * @param run    checked first: what is written can be read. `training` may be as the experiments return it; its weights are left
 *               out, `arrays` holds them.
 * @param files  further files by name, pictures and the report.
 * @throws {StdpError} when the run is not one, a name is not that of a file in the folder, or it can't be written. The old run stays
 *   then, and where the new one could be written anywhere, the message says where it is kept.
 * @example
 * const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, kernelSize: 1 }] }));
 * const arrays = { layers: [Float32Array.of(0.2, 0.8, 0.5, 0.1)] };
 * await saveRun('my-run', {
 *   format: 'tfjs-stdp run 2', kind: 'latency', status: 'interrupted', network, seed: 1, control: false, backend: 'cpu',
 *   data: { name: 'generated digits', train: 5, holdout: 0, channels: 2 },
 *   training: { layer: 1, imagesSeen: 0, convergence: [] }, arrays,
 * }, new Map([['note.txt', 'five images']]));
 * (await loadRun('my-run')).arrays;   // => arrays
 */
export function saveRun(folder: string, run: Run, files: Files = new Map(), options: RunFolderOptions = {}): void {
  const where = 'saveRun';
  ensureFolderName(folder, where);
  const content = contentOf(run, files, where);
  const { replace } = orThrow(validateParams(where, { replace: true }, options, { replace: flag }, 'options'));
  writeContent(folder, content, replace ? 'any run' : 'no run', where);
}

/** {@link saveRun} of what {@link contentOf} a run gave, where only some runs give way. */
export function writeContent(folder: string, content: Files, replaceable: Replaceable, where: string): void {
  // Hours of work are kept first, also where the place has become one that can't be (a link to nothing, below a file).
  const found = tryCatch(() => placeAtHand(folder, where), identity);
  const draft = refusing(where, folder, '', () => writeDraft(isLeft(found) ? resolve(folder) : found.right, content));
  refusing(where, folder, `; the run is kept in ${draft.folder}`, () => {
    if (isLeft(found)) throw found.left;
    replaceBy(draft, folder, found.right, replaceable, where);
  });
}

/** A place, after what a killed process left undone there is finished. */
function placeAtHand(folder: string, where: string): string {
  const place = placeToWrite(folder, where);
  recover(place);
  return place;
}

/** Everything that a run folder holds. `run.json` comes last: a folder that has it has all. */
export function contentOf(run: Run, files: Files, where: string): Files {
  ensure(files instanceof Map, where, 'files', () => `must be a map of contents by file name, got ${show(files)}`);
  for (const [name, content] of files) {
    const free = isFileName(name) && !['run.json', 'weights.json', 'weights.bin'].includes(name.toLowerCase());
    ensure(free, where, 'files', () => `must be named as files in the folder, beside its own; ${show(name)} can't be`);
    const holds = typeof content === 'string' || content instanceof Uint8Array;
    ensure(holds, where, 'files', () => `must hold texts or Uint8Arrays, ${show(name)} is ${show(content)}`);
  }
  const { arrays, record } = checkedRun(run, where);
  const { json, bin } = formatWeights(arrays);
  const all = new Map<string, Uint8Array | string>([['weights.bin', bin], ['weights.json', json], ...files]);
  const checksums = Object.fromEntries(Array.from(all, ([name, content]) => [name, checksum(content)]));
  return all.set('run.json', formatRunFile(record, checksums));
}

/** Which run is replaced: the very one of that `identity`, where there was one. Those that come meanwhile stay. */
export interface Existing {
  readonly identity: string | undefined;
}

/** Which run is replaced by another. */
export type Replaceable = 'any run' | 'no run' | Existing;

/** Brings a draft to its place, where a run may come to stand there. @throws unless it may, or what {@link moveDraft} throws. */
export function replaceBy(draft: Draft, folder: string, place: string, replaceable: Replaceable, where: string): void {
  ensureWritable(where, folder, place, replaceable);
  moveDraft(draft, place, (aside) => ensureReplaceable(where, folder, aside, replaceable));
}

/**
 * Throws unless a run may come to stand there.
 *
 * @returns which run stands there now.
 */
export function ensureWritable(where: string, folder: string, place: string, replaceable: Replaceable): Existing {
  const there = lookAt(place);
  if (there.holds === 'something else') throw new StdpError(where, folder, `${there.problem}; choose another folder`);
  return ensureReplaceable(where, folder, place, replaceable);
}

function ensureReplaceable(where: string, folder: string, place: string, replaceable: Replaceable): Existing {
  const identity = identityAt(place);
  if (identity === undefined || replaceable === 'any run') return { identity };
  ensure(
    replaceable !== 'no run',
    where,
    folder,
    () => 'holds a run already; choose another folder, replace it (--force), or go on with one that was cut off (--resume)',
  );
  ensure(replaceable.identity === identity, where, folder, () => 'holds a run that came there meanwhile, and stays');
  return { identity };
}

/**
 * Reads a run back. A run that was cut off while it was written is brought to its place first.
 *
 * @throws {StdpError} when the folder is missing, is no run, or is damaged: what it holds is compared with its checksums.
 * @example
 * await loadRun('nowhere').catch(({ message }) => message);   // => 'loadRun: nowhere does not exist'
 */
export const loadRun = async (folder: string): Promise<Run> => (await readExisting(folder)).run;

/** {@link loadRun}, and which run it is. */
export async function readExisting(folder: string): Promise<{ readonly run: Run; readonly existing: Existing }> {
  const where = 'loadRun';
  const place = placeOf(folder, where);
  if (!existsSync(place)) refusing(where, folder, '', () => recover(place));
  ensure(existsSync(place), where, folder, () => 'does not exist');
  const read = async (name: string): Promise<Buffer> => {
    const file = join(place, name);
    const there = await stat(file)
      .then((found) => (found.isFile() ? readFile(file) : undefined))
      .catch(() => undefined);
    if (there === undefined)
      throw new StdpError(where, folder, `has no ${name} that can be read: it is not a run of this program`);
    return there;
  };
  const runJson = await read('run.json');
  const { record, checksums } = parseRunFile(folder, runJson.toString('utf8'), where);
  const [json, bin] = [await read('weights.json'), await read('weights.bin')];
  const run = withArrays(folder, record, parseWeights(folder, { json: json.toString('utf8'), bin }, where), where);
  for (const [name, content] of [
    ['weights.json', json],
    ['weights.bin', bin],
  ] as const)
    ensure(
      checksum(content) === checksums[name],
      where,
      folder,
      () => `is damaged: ${name} does not have the checksum that run.json tells`,
    );
  return { run, existing: { identity: checksum(runJson) } };
}

/** Does `work`; what the file system refuses becomes one sentence, and every refusal ends with what else there is to say. */
export function refusing<T>(where: string, folder: string, more: string, work: () => T, failing?: string): T {
  try {
    return work();
  } catch (reason) {
    throw refusal(where, folder, more, reason, failing);
  }
}

/** What {@link refusing} throws. */
export function refusal(where: string, folder: string, more: string, reason: unknown, failing = "can't be written"): unknown {
  if (!(reason instanceof StdpError)) return new StdpError(where, folder, `${failing}: ${messageOf(reason)}${more}`);
  if (more === '') return reason;
  return new StdpError(where, folder, reason.message.slice(`${reason.where}: ${folder} `.length) + more);
}
