import { crc32 } from '../core/bytes/crc32.js';
import { ensure } from '../core/errors.js';
import { randomGenerator, type Seed } from '../core/random.js';
import { isRecord } from '../core/trees.js';
import type { DataSet, LabelledImages } from '../data/dataSet.js';
import { labelBytes } from '../data/labels.js';

/** What an experiment is about: what its result depends on, each part the same for the same one. */
export interface Work {
  readonly network: string;
  readonly seed: string;
  readonly 'training images': string;
  readonly 'test images': string;
  readonly backend: string;
}

/**
 * The work of an experiment, looked at when it is first asked for: that of many images takes a tenth of a second.
 *
 * @param backend  where the result depends on it.
 */
export function workOf(network: object, { train, test }: DataSet, seed: Seed, backend = ''): () => Work {
  const look = (): Work => ({
    network: JSON.stringify({ ...network, name: '' }, inOrder),
    seed: JSON.stringify(randomGenerator(seed)),
    'training images': sumOf(train),
    'test images': sumOf(test),
    backend,
  });
  let work: Work | undefined;
  return () => {
    work ??= look();
    return work;
  };
}

/** @throws {StdpError} when checkpoints were kept of other work: what they hold would be mixed into its result. */
export function ensureSameWork(kept: Work | undefined, work: () => Work, where: string): void {
  if (kept === undefined) return;
  const differ = Object.entries(work()).flatMap(([part, own]) => (Reflect.get(kept, part) === own ? [] : [part]));
  ensure(differ.length === 0, where, 'checkpoints', () => {
    const parts = differ.map((part) => (part.endsWith('images') ? `other ${part}` : `another ${part}`)).join(' and ');
    return `are of an experiment with ${parts}; this one needs a folder of its own`;
  });
}

const sumOf = ({ pixels, labels }: LabelledImages): string => `${pixels.length} ${crc32(pixels)} ${crc32(labelBytes(labels))}`;

/** Fields by their names, and numbers that JSON has none for as texts. */
const inOrder = (_: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
};
