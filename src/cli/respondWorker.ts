import { parentPort, workerData } from 'node:worker_threads';
import type { RandomGenerator } from '../core/random.js';
import type { CompetitiveWeights } from '../kernels/competitiveLayer.js';
import type { CompetitiveSpec } from '../networks/competitive/competitiveSpec.js';
import { answerer } from '../networks/competitive/respond.js';

/** What a worker is started with. */
export interface WorkerTask {
  readonly spec: CompetitiveSpec;
  readonly learned: CompetitiveWeights;
  readonly size: number;
  readonly spikes: RandomGenerator;
}

/** Images for it, and what it sends back: see {@link answerer}. */
export interface WorkerBatch {
  readonly first: number;
  readonly pixels: Uint8Array;
}

const { spec, learned, size, spikes } = workerData as WorkerTask;
const answer = answerer(spec, learned, size, spikes);
parentPort?.on('message', ({ first, pixels }: WorkerBatch) => {
  const raster = answer(first, pixels);
  parentPort?.postMessage({ first, raster }, [raster.buffer as ArrayBuffer]);
});
