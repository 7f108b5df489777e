import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '../../src/core/errors.js';
import { chooseImages } from '../../src/data/chooseImages.js';
import { loadIdxFolder } from '../../src/data/idxFolder.js';
import type { runCompetitive as RunCompetitive } from '../../src/networks/competitive/competitiveExperiment.js';
import { validateCompetitiveSpec } from '../../src/networks/competitiveSpec/competitiveSpec.js';
import type { runExperiment as RunExperiment } from '../../src/networks/latency/runExperiment.js';
import { validateNetworkSpec } from '../../src/networks/latency/spec/networkSpec.js';
import type { OnProgress } from '../../src/networks/onProgress.js';
import { localPool, type WorkerPool } from '../../src/networks/workers/workerPool.js';
import type { openPiecePool as OpenPiecePool } from '../../src/sweep/pieces/piecePool.js';
import type { workOnPieces as WorkOnPieces } from '../../src/sweep/pieces/pieceWorker.js';
import type { JobTraffic } from '../../src/sweep/pieces/traffic.js';
import { digitFiles, stdp, writeFolder } from '../node/program.js';
import { startWorker } from './fixture.js';
import { missingRedis, startRedis } from './redis.js';
import { ended, type RestartableServer } from './server.js';

// As it is shipped: its threads are programs of their own.
const shipped = <T>(path: string) => import(new URL(`../../dist/${path}.js`, import.meta.url).href) as Promise<T>;
const { openPiecePool } = await shipped<{ readonly openPiecePool: typeof OpenPiecePool }>('sweep/pieces/piecePool');
const { workOnPieces } = await shipped<{ readonly workOnPieces: typeof WorkOnPieces }>('sweep/pieces/pieceWorker');
const { runExperiment } = await shipped<{ readonly runExperiment: typeof RunExperiment }>('networks/latency/runExperiment');
const { runCompetitive } = await shipped<{ readonly runCompetitive: typeof RunCompetitive }>(
  'networks/competitive/competitiveExperiment',
);
const { useBackend } = await shipped<{ readonly useBackend: (name: 'wasm') => Promise<void> }>('backends/useBackend');

const folder = mkdtempSync(join(tmpdir(), 'stdp-pieces-'));
/** More than two shards to learn from. */
const directory = writeFolder(join(folder, 'digits'), digitFiles(8500, 300));
const request = { directory, seed: 1, train: 8400, holdout: 0 };
const data = chooseImages(await loadIdxFolder(directory), request);
const [settings, tiny] = [
  { layers: [{ maps: 2, images: 20 }], readout: { iterations: 3 } },
  { layer: { neurons: 8 }, learning: { images: 10 }, input: { duration: 30 }, readout: { images: 600 } },
];
const latency = orThrow(validateNetworkSpec({ name: 'tiny', ...settings }));
const competitive = orThrow(validateCompetitiveSpec({ name: 'tiny', ...tiny }));

/** A training of each kind, and all that comes of it. */
const trainings = {
  latency: (workers: WorkerPool, onProgress: OnProgress, signal: AbortSignal) =>
    runExperiment(latency, data, { seed: 1, control: true, workers, onProgress, signal }),
  competitive: (workers: WorkerPool, onProgress: OnProgress, signal: AbortSignal) =>
    runCompetitive(competitive, data, { seed: 1, workers, onProgress, signal }),
};
type Kind = keyof typeof trainings;
const kinds = Object.keys(trainings) as readonly Kind[];

const never = new AbortController().signal;
const expected = new Map<Kind, unknown>();
let redis: RestartableServer;
let url = '';

/** Trains with the workers that look at Redis; answers what came of it and how many rows and numbers went to and fro. */
async function trainedOn(
  kind: Kind,
  { onProgress = () => undefined, signal = never }: { onProgress?: OnProgress; signal?: AbortSignal } = {},
) {
  const pool = await openPiecePool(url, { request, data, local: localPool(), signal, onAlone: () => undefined });
  try {
    return { result: await trainings[kind](pool, onProgress, signal), traffic: pool.traffic() };
  } finally {
    await pool.close();
  }
}

const bytesOf = (job: JobTraffic | undefined): number => (job ? job.sent + job.received + job.fetched : Number.NaN);

describe.skipIf(missingRedis)('one training on many machines', () => {
  const stops: (() => Promise<unknown>)[] = [];
  /** Workers of this process, each with a thread. */
  const hire = (count: number, images = directory): void => {
    for (let worker = 0; worker < count; worker++) {
      const finish = new AbortController();
      const over = workOnPieces(url, { workers: 1, data: images, lock: 1, finish: finish.signal, leave: never });
      stops.push(() => {
        finish.abort();
        return over;
      });
    }
  };
  beforeAll(async () => {
    await useBackend('wasm');
    for (const kind of kinds) expected.set(kind, await trainings[kind](localPool(), () => undefined, never));
    redis = await startRedis(folder);
    ({ url } = redis);
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
  });
  afterAll(async () => {
    await redis.stop();
    rmSync(folder, { recursive: true });
  });

  it('by one worker gives what it gives here, and no rows travel', async () => {
    hire(1);
    expect((await trainedOn('competitive')).result).toEqual(expected.get('competitive'));
    const { result, traffic } = await trainedOn('latency');
    expect(result).toEqual(expected.get('latency'));
    const { encode, extract, moments } = traffic;
    const [shards, features] = [3, 4 * 4 * 2];
    expect([encode?.pieces, extract?.pieces, moments?.pieces]).toEqual([1, 2 * (shards + 1), 2 * shards]);
    for (const job of [encode, extract, moments]) expect(bytesOf(job)).toBeLessThan(4 * features * data.test.count);
  });

  it('by seven gives what it gives here', async () => {
    hire(7);
    expect((await trainedOn('latency')).result).toEqual(expected.get('latency'));
  });

  it('by three, with the one that had done all killed: the others make what it had made', async () => {
    const lost: ChildProcess = startWorker(url);
    let killed: Promise<void> | undefined;
    const onProgress: OnProgress = (stage, done) => {
      if (stage !== 'fit read-out' || done !== 2 || killed !== undefined) return;
      killed = ended(lost, 'SIGKILL');
      hire(2);
    };
    const { result } = await trainedOn('latency', { onProgress });
    expect(killed).toBeDefined();
    expect(result).toEqual(expected.get('latency'));
  });

  it('ends in a line that names the machine where a worker has other images', async () => {
    const others = writeFolder(join(folder, 'others'), digitFiles(20, 20));
    hire(1, others);
    await expect(trainedOn('latency')).rejects.toThrow(`stdp worker: ${hostname()} `);
  });

  it('stops at a signal though nobody is there to do its pieces, and leaves nothing', async () => {
    const abort = new AbortController();
    const onProgress: OnProgress = (stage) => {
      if (stage.startsWith('learn')) setImmediate(() => abort.abort());
    };
    const { result } = await trainedOn('latency', { onProgress, signal: abort.signal });
    expect(result).not.toHaveProperty('score');
  });

  it('is what stdp train does with --engine', async () => {
    const worker = startWorker(url);
    const set = ['layers.0.maps=2', 'layers.0.images=20', 'readout.iterations=2'].flatMap((setting) => ['--set', setting]);
    const train = async (name: string, ...more: readonly string[]) => {
      const out = join(folder, name);
      const {
        code,
        out: json,
        err,
      } = await stdp(['train', '--data', directory, '--train', '100', ...set, '--out', out, '--json', ...more]);
      expect([code, err]).toEqual([0, expect.any(String)]);
      const { accuracy, confusion, traffic } = JSON.parse(json) as { readonly [name: string]: unknown };
      return { accuracy, confusion, traffic, weights: readFileSync(join(out, 'weights.bin')) };
    };
    const [here, there] = [await train('here'), await train('there', '--engine', url)];
    await ended(worker, 'SIGKILL');
    expect(there.traffic).toMatchObject({ extract: { pieces: 2 } });
    expect({ ...there, traffic: null }).toEqual(here);
  });

  it('is refused in a line for an engine of sweeps alone', async () => {
    const { code, err } = await stdp(['train', '--engine', 'postgres://localhost/stdp']);
    expect([code, err]).toEqual([
      2,
      'error: --engine must be redis://host for one training, got postgres://localhost/stdp; sweeps have more engines\n',
    ]);
  });
});
