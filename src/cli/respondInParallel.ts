import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { answerBatch, type Responder, respond } from '../networks/competitive/respond.js';
import type { WorkerBatch, WorkerTask } from './respondWorker.js';

/** Images that make one more worker worth its start. */
const imagesPerWorker = 1000;

/** The answers of a trained layer from a worker on each core. They are those of {@link respond}. */
export const respondInParallel: Responder = async (stimulus, onAnswers, signal) => {
  const { spec, learned, images, spikes } = stimulus;
  const workers = Math.min(availableParallelism(), Math.floor(images.count / imagesPerWorker));
  if (workers < 2) return respond(stimulus, onAnswers, signal);
  const size = images.pixels.length / images.count;
  let next = 0;
  /** Hands a worker one batch after the other until there is none left. */
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const task: WorkerTask = { spec, learned, size, spikes };
      const worker = new Worker(new URL('./respondWorker.js', import.meta.url), { workerData: task });
      const give = () => {
        if (next >= images.count || signal?.aborted) return void worker.terminate().then(() => resolve(), reject);
        const first = next;
        next += answerBatch;
        const batch: WorkerBatch = { first, pixels: new Uint8Array(images.pixels.subarray(first * size, next * size)) };
        worker.postMessage(batch, [batch.pixels.buffer as ArrayBuffer]);
      };
      worker.on('error', reject);
      worker.on('message', ({ first, raster }: { readonly first: number; readonly raster: Int32Array }) => {
        onAnswers(first, raster);
        give();
      });
      give();
    });
  await Promise.all(Array.from({ length: workers }, work));
};
