import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ensure } from '../core/errors.js';
import { canonicalJson } from '../io/kinds/networkJson.js';
import { libraryVersion } from '../io/libraryVersion.js';
import { placeOf, placeToWrite } from '../io/runPlace.js';
import { clearDrafts } from '../io/swapFolder.js';
import { syncFolder } from '../io/syncFolder.js';
import { jsonLine, writeAll } from './jsonLines.js';
import { planRuns } from './plan.js';
import { sweepDataOf } from './sweepData.js';
import { isSweep, openSweep, type Sweep, type SweepRecord, sweepFiles } from './sweepFolder.js';
import type { SweepSpec } from './sweepSpec.js';

/**
 * Plans a sweep in a folder, all at once or not at all: every run is checked first. Where the same sweep lies there already, that one is
 * gone on with.
 *
 * @throws {StdpError} when a run can't be, or something else stands in the folder.
 */
export async function createSweep(dir: string, spec: SweepSpec): Promise<Sweep> {
  const data = await sweepDataOf(spec);
  const wanted = { format: 'tfjs-stdp sweep 1', version: libraryVersion, spec, data } as const;
  if (isSweep(dir)) {
    clearDrafts(placeOf(dir, 'sweep'));
    return sameSweep(dir, wanted);
  }
  const place = placeToWrite(dir, 'sweep');
  ensure(!existsSync(place) || statSync(place).isDirectory(), 'sweep', dir, () => 'is no folder; choose another');
  const there = existsSync(place) ? readdirSync(place) : [];
  ensure(there.length === 0, 'sweep', dir, () => `exists and holds ${there[0]}, which is not of a sweep; choose another folder`);
  mkdirSync(dirname(place), { recursive: true });
  const draft = join(dirname(place), `.${basename(place)}.${randomBytes(6).toString('hex')}.part`);
  mkdirSync(draft);
  try {
    const runs = writePlan(join(draft, sweepFiles.plan), planRuns(spec, data));
    writeFileSync(join(draft, sweepFiles.record), `${JSON.stringify({ ...wanted, runs } satisfies SweepRecord, null, 2)}\n`, {
      flush: true,
    });
    syncFolder(draft);
    renameSync(draft, place);
  } catch (reason) {
    rmSync(draft, { recursive: true, force: true });
    if (isSweep(dir)) return sameSweep(dir, wanted); // another process was faster
    throw reason;
  }
  syncFolder(dirname(place));
  clearDrafts(place);
  return openSweep(dir);
}

/** The sweep that lies in a folder already, its images where they lie now. @throws {StdpError} when it is another one. */
function sameSweep(dir: string, { version, spec, data }: Omit<SweepRecord, 'runs'>): Sweep {
  const sweep = openSweep(dir);
  const keyOf = (one: Pick<SweepRecord, 'spec' | 'data'>) =>
    canonicalJson({ spec: { ...one.spec, data: '' }, data: { ...one.data, path: '' } });
  ensure(
    sweep.version === version,
    'sweep',
    dir,
    () => `was planned with version ${sweep.version} of this library, this is ${version}`,
  );
  const isSame = keyOf(sweep) === keyOf({ spec, data });
  ensure(isSame, 'sweep', dir, () => 'holds a sweep of another spec or other data; choose another folder');
  return { ...sweep, data };
}

/** Bytes of the plan that are written at once. */
const portion = 2 ** 20;

/** Writes runs to a file, piece by piece; answers how many. */
function writePlan(file: string, runs: Iterable<object>): number {
  const handle = openSync(file, 'wx');
  try {
    let [count, text] = [0, ''];
    for (const run of runs) {
      count++;
      text += jsonLine(run);
      if (text.length < portion) continue;
      writeAll(handle, Buffer.from(text));
      text = '';
    }
    writeAll(handle, Buffer.from(text));
    fsyncSync(handle);
    return count;
  } finally {
    closeSync(handle);
  }
}
