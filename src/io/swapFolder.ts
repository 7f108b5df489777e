import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beside, type Draft, takeBack } from './draft.js';
import { moveProgress } from './progress/progressFolder.js';
import type { RunProcess } from './run.js';
import { lookAt, removeRun } from './runPlace.js';
import { syncFolder } from './syncFolder.js';

/**
 * Brings a draft to its place. A run or an empty folder there steps aside first, and is removed when the draft stands; files
 * that somebody put into it meanwhile move along.
 *
 * @param ensureReplaceable  throws when what stepped aside is not to be replaced: another process may have brought it in the last moment.
 * @throws what the file system refuses, or refused when the draft was written; the old run stands then, and the draft stays.
 */
export function moveDraft({ folder: draft, failure }: Draft, place: string, ensureReplaceable: (aside: string) => void): void {
  if (failure !== undefined) throw failure.reason;
  if (!existsSync(place)) {
    rename(draft, place);
    syncFolder(dirname(place));
    return;
  }
  const old = beside(place, 'old');
  chmodSync(draft, statSync(place).mode);
  renameSync(place, old);
  try {
    ensureReplaceable(old);
    rename(draft, place);
  } catch (reason) {
    renameSync(old, place);
    throw reason;
  }
  syncFolder(dirname(place));
  clearAway(old, place);
}

/**
 * Brings a draft to a place where nothing stands.
 *
 * @returns whether it stands there: false where something else does.
 * @throws as {@link moveDraft}.
 */
export function moveIfFree({ folder: draft, failure }: Draft, place: string): boolean {
  if (failure !== undefined) throw failure.reason;
  try {
    rename(draft, place);
    return true;
  } catch (reason) {
    if (existsSync(draft) && existsSync(place)) return false;
    throw reason;
  }
}

/** Removes what stepped aside; what is not of a run moves along, and the progress of one that isn't complete. The new run stands: nothing of this may fail. */
function clearAway(old: string, place: string): void {
  try {
    if (!isComplete(place)) moveProgress(old, place);
    if (removeRun(old)) return;
    for (const name of readdirSync(old)) if (!existsSync(join(place, name))) renameSync(join(old, name), join(place, name));
    removeRun(old);
  } catch {
    // It stays where it is.
  }
}

/** A rename that another process that recovers the place may have done at the same moment. */
function rename(draft: string, place: string): void {
  const own = readFileSync(join(draft, 'run.json'));
  try {
    renameSync(draft, place);
  } catch (reason) {
    if (existsSync(draft) || !existsSync(join(place, 'run.json')) || !readFileSync(join(place, 'run.json')).equals(own))
      throw reason;
  }
}

/**
 * Finishes what a killed process left undone: where nothing stands at a place, a whole draft for it, or what stepped aside for
 * one; where the draft stands, what stepped aside goes. Drafts that are not whole are left alone.
 */
export function recover(place: string): void {
  const parent = dirname(place);
  if (!existsSync(parent)) return;
  const halves = (kind: 'part' | 'old'): readonly string[] => {
    const names = readdirSync(parent).filter((name) => isHalf(name, basename(place), kind));
    return names.map((name) => join(parent, name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  };
  if (!existsSync(place)) {
    const [half] = [...halves('part').filter(isWhole), ...halves('old')];
    if (half !== undefined) renameSync(half, place);
  }
  if (!isWhole(place)) return;
  for (const old of halves('old')) {
    if (!isComplete(place)) moveProgress(old, place);
    removeRun(old);
  }
}

const isComplete = (place: string): boolean => {
  const there = lookAt(place);
  return there.holds === 'a run' && there.record.status === 'complete';
};

/**
 * Removes drafts for a place that a killed process has left half-written; whoever holds the lock of the place is the only one to write
 * there. Whole ones stay, but for those of the run that stands there by now.
 */
export function clearDrafts(place: string, run?: RunProcess): void {
  const parent = dirname(place);
  const drafts = readdirSync(parent).filter((name) => ['part', 'trial'].some((kind) => isHalf(name, basename(place), kind)));
  const isOf = (draft: string): boolean => {
    const there = lookAt(draft);
    const own = there.holds === 'a run' ? there.record.process : undefined;
    return own !== undefined && own.started === run?.started && own.host === run.host;
  };
  for (const draft of drafts.map((name) => join(parent, name)))
    if (!isWhole(draft) || isOf(draft)) rmSync(draft, { recursive: true, force: true });
}

function isWhole(place: string): boolean {
  try {
    const there = lookAt(place);
    return there.holds === 'a run' && there.whole;
  } catch {
    return false;
  }
}

const isHalf = (name: string, of: string, kind: string): boolean =>
  name.startsWith(`.${of}.`) && new RegExp(`^[0-9a-f]{12}\\.${kind}$`).test(name.slice(of.length + 2));

/** Does what {@link moveDraft} will do, and undoes it. @throws what the file system refuses. */
export function dryRun(place: string): void {
  let parent = dirname(place);
  while (!existsSync(parent)) parent = dirname(parent);
  const [trial, other] = [beside(place, 'trial', parent), beside(place, 'trial', parent)];
  mkdirSync(trial);
  try {
    writeFileSync(join(trial, 'trial'), 'a trial');
    renameSync(trial, other);
    unlinkSync(join(other, 'trial'));
    rmdirSync(other);
  } catch (reason) {
    for (const rest of [trial, other]) takeBack(rest, new Map([['trial', '']]));
    throw reason;
  }
  if (!existsSync(place)) return;
  const old = beside(place, 'old');
  renameSync(place, old);
  renameSync(old, place);
}
