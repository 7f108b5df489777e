import { isLeft, left, right } from 'fp-ts/lib/Either.js';
import { orThrow, type Validated } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import {
  aRecord,
  aText,
  type Check,
  type Checks,
  fractionScalar,
  integerFrom,
  oneOf,
  optional,
  validateParams,
} from '../../core/params/validation.js';
import { isRecord } from '../../core/trees.js';
import { controlKinds } from '../../networks/latency/control/control.js';

/** A list of finite numbers. */
export const numbers: Check = (value) => (isListOf(value, Number.isFinite) ? right(value) : left('a list of numbers'));

/** A list of records with these numbers: the points of a curve. */
export const points =
  (...names: readonly string[]): Check =>
  (value) => {
    const isPoint = (point: unknown) => isRecord(point) && names.every((name) => Number.isFinite(point[name]));
    return isListOf(value, isPoint) ? right(value) : left('a list of points');
  };

const counts: Check = (value) => {
  const isRow = (row: unknown): boolean =>
    isListOf(row, (count) => Number.isSafeInteger(count) && Number(count) >= 0) && row.length === (value as unknown[]).length;
  return isListOf(value, isRow) ? right(value) : left('as many rows of counts as columns');
};

const scoreChecks = { accuracy: fractionScalar, confusion: counts };

/** A score whose counts are of as many answers as classes. */
export const aScore: Check = (value) => scoreOf(value, scoreChecks);

/** The score of a control. */
export const aControlScore: Check = (value) => {
  const densities = points('layer', 'threshold', 'trained', 'control');
  return scoreOf(value, { ...scoreChecks, kind: oneOf(...controlKinds), densities });
};

const scoreOf = (value: unknown, checks: Checks<Readonly<Record<string, unknown>>>): ReturnType<Check> => {
  if (!isRecord(value)) return left('a record');
  const score = validateParams('run.json: score', value, value, checks);
  return isLeft(score) ? left(score.left.message.replace(/^run\.json: score: /, 'a record whose ')) : right(value);
};

const aProcess: Check = (value) => {
  if (!isRecord(value)) return left('a record');
  const texts = { version: aText, command: aText, host: aText, started: aText, ended: optional(aText) };
  const given = validateParams('run.json: process', value, value, { ...texts, pid: integerFrom(0) });
  return isLeft(given) ? left(given.left.message.replace(/^run\.json: process: /, 'a record whose ')) : right(value);
};

/** What the records of all kinds have. */
export const commonChecks = {
  format: aText,
  kind: aText,
  status: oneOf('complete', 'interrupted', 'running'),
  network: aRecord,
  seed: integerFrom(0),
  data: aRecord,
  process: optional(aProcess),
  training: aRecord,
  score: optional(aScore),
};

/** The record of a run whose fields, training and network are as they must be. @throws {StdpError} that names what isn't. */
export function checkRecord<R extends { readonly network: object; readonly training: object }>(
  given: R,
  checks: Checks<R>,
  training: Checks<R['training']>,
  validate: (network: R['network']) => Validated<R['network']>,
): R {
  const run = orThrow(validateParams<R>('run.json', given, given, checks));
  const checked = orThrow(validateParams<R['training']>('run.json: training', run.training, run.training, training));
  return { ...run, training: checked, network: orThrow(validate(run.network)) };
}
