import { ensure, StdpError } from '../core/errors.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import type { Run, RunRecord } from './run.js';
import { type NamedArrays, namedArrays, withArrays } from './runArrays.js';
import { checkRunRecord } from './runRecord.js';

/** The record of a run and its arrays, as {@link readRunFolder} will find them. */
export function checkedRun(run: Run, where: string): { readonly record: RunRecord; readonly arrays: NamedArrays } {
  ensure(isRecord(run), where, 'run', () => `must be a record, got ${show(run)}`);
  const { arrays: given, ...rest } = run;
  ensure(isRecord(given), where, 'run', () => `must have arrays, got ${show(given)}`);
  const {
    weights: _,
    theta: __,
    ...training
  } = (isRecord(rest.training) ? rest.training : {}) as { readonly [name: string]: unknown };
  try {
    const record = checkRunRecord('run', isRecord(rest.training) ? { ...rest, training } : rest, where);
    const arrays = arraysOf({ ...record, arrays: given } as Run, where);
    withArrays('run', record, arrays, where);
    return { arrays, record };
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    throw new StdpError(where, 'run', reason.message.replace(/^\w+: run (is damaged|can't be): /, "can't be written: "));
  }
}

function arraysOf(run: Run, where: string): NamedArrays {
  try {
    return namedArrays(run);
  } catch {
    throw new StdpError(where, 'run', `can't be: its arrays are not those of a ${run.kind} run, got ${show(run.arrays)}`);
  }
}
