import { ensure, StdpError } from '../core/errors.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { kindOf, networkKinds, type Run, type RunRecord } from './kinds/networkKinds.js';
import type { AnyRun, NamedArrays } from './run.js';
import { checkRunRecord } from './runRecord.js';

/** What of a training state a run has among its arrays. */
const stateArrays = Object.values(networkKinds).flatMap((kind) => kind.stateArrays);

/** The record of a run and its arrays, as {@link loadRun} will find them. */
export function checkedRun(run: AnyRun, where: string): { readonly record: RunRecord; readonly arrays: NamedArrays } {
  ensure(isRecord(run), where, 'run', () => `must be a record, got ${show(run)}`);
  const { arrays: given, training, ...rest } = run;
  ensure(isRecord(given), where, 'run', () => `must have arrays, got ${show(given)}`);
  const plain = isRecord(training)
    ? Object.fromEntries(Object.entries(training).filter(([name]) => !stateArrays.includes(name)))
    : training;
  try {
    const record = checkRunRecord('run', { ...rest, training: plain }, where);
    const arrays = namedArrays(record, given, where);
    withArrays('run', record, arrays, where);
    return { arrays, record };
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    throw new StdpError(where, 'run', reason.message.replace(/^\w+: run (is damaged|can't be): /, "can't be written: "));
  }
}

function namedArrays(record: RunRecord, arrays: object, where: string): NamedArrays {
  try {
    return kindOf(record).namedArrays(arrays as Run['arrays']);
  } catch {
    throw new StdpError(where, 'run', `can't be: its arrays are not those of a ${record.kind} run, got ${show(arrays)}`);
  }
}

/**
 * A run with its arrays.
 *
 * @param folder  for messages.
 * @throws {StdpError} unless they are those that the record tells of.
 */
export function withArrays(folder: string, record: RunRecord, named: NamedArrays, where: string): Run {
  const kind = kindOf(record);
  const run = kind.withArrays(record, named);
  const unfit = [...named].find(([, values]) => !(values instanceof Float32Array));
  ensure(unfit === undefined, where, folder, () => `can't be: its ${unfit?.[0]} must be a Float32Array, got ${show(unfit?.[1])}`);
  ensure(kind.fits(run), where, folder, () => 'is damaged: its weights are not those that run.json tells of');
  const broken = [...named].find(([, values]) => !values.every(Number.isFinite));
  ensure(broken === undefined, where, folder, () => `is damaged: ${broken?.[0]} holds values that are not finite numbers`);
  return run;
}
