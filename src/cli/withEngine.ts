import { resolve } from 'node:path';
import { StdpError } from '../core/errors.js';
import type { DataSet } from '../data/dataSet.js';
import { readingOf } from '../data/files/reading.js';
import type { WorkerPool } from '../networks/workers/workerPool.js';
import { isPieceUrl } from '../sweep/pieces/pieceJob.js';
import type { Traffic } from '../sweep/pieces/traffic.js';
import { commandLine } from './commandLine.js';
import type { DataRequest } from './job/chooseData.js';
import { printable } from './text.js';

/** Where pieces of one training are done, besides this machine. */
export interface EngineChoice {
  /** URL of a Redis that workers look at; undefined: here alone. */
  readonly url: string | undefined;
  readonly request: DataRequest;
  readonly data: DataSet;
  readonly signal: AbortSignal;
  /** A line to whoever waits. */
  readonly tell: (line: string) => void;
}

/** The engine of one training. @throws {StdpError} for what is an engine of sweeps alone. */
export function engineOption(url: string): string {
  if (isPieceUrl(url)) return url;
  throw new StdpError(
    'stdp',
    '--engine',
    `must be redis://host for one training, got ${printable(url)}; sweeps have more engines`,
  );
}

/** Does work with the workers that an engine has, and tells what went over the network. */
export async function withEngine<T>(
  { url, request, data, signal, tell }: EngineChoice,
  local: WorkerPool,
  work: (workers: WorkerPool) => Promise<T>,
): Promise<{ readonly result: T; readonly traffic?: Traffic }> {
  if (url === undefined) return { result: await work(local) };
  const { openPiecePool } = await import('../sweep/pieces/piecePool.js');
  const { directory, seed, train, holdout, ...reading } = request;
  const pool = await openPiecePool(url, {
    request: { directory: directory === undefined ? undefined : resolve(directory), seed, train, holdout, ...readingOf(reading) },
    ...{ data, local, signal },
    onAlone: () => tell(`No worker is there yet; start some, on any machine: ${commandLine(['worker', url])}`),
  });
  try {
    return { result: await work(pool), traffic: pool.traffic() };
  } finally {
    await pool.close();
  }
}
