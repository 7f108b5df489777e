import { left, right } from 'fp-ts/lib/Either.js';
import { ensure, orThrow, StdpError } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import {
  aRecord,
  aText,
  type Check,
  check,
  ensureIs,
  integerFrom,
  oneOf,
  optional,
  validateParams,
} from '../core/params/validation.js';
import { messageOf } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { readingChecks } from '../data/files/reading.js';
import { checksum } from './checksum.js';
import { canonicalJson, networkFromJSON, networkToJSON } from './kinds/networkJson.js';
import { kindOf, networkKinds, type RunRecord } from './kinds/networkKinds.js';
import type { DataChoice } from './run.js';

/** The SHA-256 of each file of a run, by its name. */
export type Checksums = { readonly [file: string]: string | undefined };

/** Whether a text names a file in a folder, there and not elsewhere, as it can be printed. */
export const isFileName = (name: unknown): name is string =>
  typeof name === 'string' && name !== '' && !/^\.{1,2}$|[/\\\p{Cc}]/u.test(name) && Buffer.byteLength(name) <= 255;

/**
 * What `run.json` tells: a run and the checksums of its other files. Its own has to fit: nothing that it tells was changed.
 *
 * @param folder  for messages.
 * @param where   for messages: who asks.
 * @throws {StdpError} when it is of another format or damaged.
 */
export function parseRunFile(
  folder: string,
  json: string,
  where: string,
): { readonly record: RunRecord; readonly checksums: Checksums } {
  const given = parseJson(folder, 'run.json', json, where);
  const { checksum: own, ...content } = isRecord(given) ? given : {};
  const { checksums, shuffled, ...rest } = content;
  // A run of before there were several controls tells the score of its only one.
  const controlled = isRecord(shuffled) ? { controlled: { kind: 'shuffled', densities: [], ...shuffled } } : {};
  const record = checkRunRecord(folder, { ...rest, ...controlled, network: networkFromJSON(rest['network']) }, where);
  ensure(isChecksums(checksums), where, folder, () => 'is damaged: run.json tells no checksums of its files');
  ensure(
    own === checksum(canonicalJson(content)),
    where,
    folder,
    () => 'is damaged: run.json does not have the checksum that it tells',
  );
  return { record, checksums };
}

const isChecksums = (value: unknown): value is Checksums =>
  isRecord(value) &&
  Object.entries(value).every(([name, sum]) => isFileName(name) && typeof sum === 'string' && /^[0-9a-f]{64}$/.test(sum));

/** What {@link parseRunFile} reads: the record, the checksums of the other files, and one of all that `run.json` tells. */
export function formatRunFile(record: RunRecord, checksums: Checksums): string {
  const content = { ...record, network: networkToJSON(record.network), checksums };
  return `${JSON.stringify({ ...content, checksum: checksum(canonicalJson(content)) }, null, 2)}\n`;
}

/**
 * The record of a run, checked.
 *
 * @param folder  for messages.
 * @throws {StdpError} when it is of another format or damaged.
 */
export function checkRunRecord(folder: string, record: { readonly [name: string]: unknown }, where: string): RunRecord {
  ensure(record['format'] === 'tfjs-stdp run 2', where, folder, () => 'has a run.json of another format');
  const given = record as RunRecord & typeof record;
  try {
    const kind = oneOf(...Object.keys(networkKinds));
    const parts = { kind, network: aRecord, data: aRecord, training: aRecord };
    for (const [name, check] of Object.entries(parts)) ensureIs(check, record[name], 'run.json', name);
    const data = checkData(given.data);
    const controlled = 'controlled' in record || (record['control'] ?? false) === false;
    const tested = given.score !== undefined && controlled;
    ensure(given.status !== 'complete' || tested, 'run.json', 'status', () => "is 'complete', and a score is missing");
    return { ...kindOf(given).checkRecord(given), data };
  } catch (reason) {
    throw new StdpError(where, folder, `is damaged: ${messageOf(reason)}`);
  }
}

const imageChecksums: Check = (value) =>
  isChecksums(value) && value['train'] !== undefined && value['test'] !== undefined
    ? right(value)
    : left('the checksums of the images to train and to test on');

const checkData = (given: DataChoice): DataChoice =>
  orThrow(
    validateParams('run.json: data', given, given, {
      name: aText,
      directory: optional(aText),
      ...readingChecks,
      train: integerFrom(1),
      holdout: integerFrom(0),
      channels: integerFrom(1),
      rows: optional(integerFrom(1)),
      columns: optional(integerFrom(1)),
      classNames: optional(check('a list of names', (names) => isListOf(names, (name) => typeof name === 'string'))),
      checksums: optional(imageChecksums),
    }),
  );

/** JSON of a file in the folder. */
export function parseJson(folder: string, name: string, json: string, where: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (reason) {
    throw new StdpError(where, folder, `has a damaged ${name}: ${messageOf(reason)}`);
  }
}
