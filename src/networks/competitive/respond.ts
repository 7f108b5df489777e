import { ensureFields } from '../../core/params/ensureFields.js';
import { aFunction, ensureIs, nothingMore } from '../../core/params/validation.js';
import { aSeed, type RandomGenerator, randomGenerator } from '../../core/random.js';
import type { LabelledImages } from '../../data/dataSet.js';
import type { CompetitiveWeights } from '../../kernels/host/competitiveLayer.js';
import { checkedImages, fieldsOf, type Images } from '../checked/images.js';
import { aSignal, aWorkerPool, checkedSpec } from '../checked/options.js';
import type { StageLog } from '../checkpoints.js';
import { checkedLearned } from '../competitiveSpec/checkedLearned.js';
import { competitiveConstants } from '../competitiveSpec/competitiveConstants.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../competitiveSpec/competitiveSpec.js';
import { inPieces, type KeptPieces } from '../workers/inPieces.js';
import { localPool, type WorkerPool } from '../workers/workerPool.js';

/** Images for a trained layer. */
export interface Stimulus {
  readonly spec: CompetitiveSpec;
  readonly learned: CompetitiveWeights;
  readonly images: LabelledImages;
  /** Spikes of image i are drawn from `fork(spikes, i)`: the answer to an image doesn't depend on the others. */
  readonly spikes: RandomGenerator;
}

/** Told of every batch of answers, in any order: which image is the first, and who fired `[batch, steps]` (−1 for nobody). */
export type OnAnswers = (first: number, raster: Int32Array) => void;

/** Images of a batch; one that travels to another machine is larger. */
const [batch, travelling] = [50, 500];

/**
 * The answers of a trained layer, which learns no more. Stops early at the signal.
 *
 * @param pool  who computes. Default: this thread. The answers are the same.
 * @throws {StdpError} when what was learned, or the images, aren't those of such a network.
 *
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, input: { duration: 100 } }));
 * const images = generateDigits(3, 1);
 * const stimulus = { spec, learned: untrainedLayer(spec, 784, 1), images, spikes: fork(1, 0) };
 * let steps = 0;
 * await respond(stimulus, (first, raster) => {
 *   steps += raster.length;
 * });
 * steps;   // => 3 * 100
 */
export async function respond(
  stimulus: Stimulus,
  onAnswers: OnAnswers,
  signal?: AbortSignal,
  workers: WorkerPool = localPool(),
  ...more: readonly never[]
): Promise<void> {
  const where = 'respond';
  nothingMore(more, where, 'respond(stimulus, onAnswers, signal, pool)');
  const { spec, learned, images, spikes } = fieldsOf(stimulus, where, 'stimulus');
  ensureFields(stimulus, ['spec', 'learned', 'images', 'spikes'], where, 'stimulus');
  const network = checkedSpec(validateCompetitiveSpec, spec, where);
  const own = checkedLearned(learned, network, where, 'stimulus.learned');
  const size = own.weights.length / network.layer.neurons;
  competitiveConstants(network, size, where);
  const shown = checkedImages(images, size, where, 'stimulus.images');
  ensureIs(aSeed, spikes, where, 'stimulus.spikes');
  ensureIs(aFunction, onAnswers, where, 'onAnswers');
  ensureIs(aSignal, signal, where, 'signal');
  ensureIs(aWorkerPool, workers, where, 'workers');
  await responses({ spec: network, learned: own, images: shown, spikes: randomGenerator(spikes) }, onAnswers, signal, workers);
}

/** {@link respond} of what has been checked. */
export async function responses(
  { spec, learned, images: { pixels, count }, spikes }: Omit<Stimulus, 'images'> & { readonly images: Images },
  onAnswers: OnAnswers,
  signal: AbortSignal | undefined,
  workers: WorkerPool,
  stage?: StageLog,
): Promise<void> {
  if (count === 0) return;
  const task = workers.begin('answer', { spec, learned, pixels: workers.share(pixels), size: pixels.length / count, spikes });
  const kept = stage && keptRasters(stage, Math.round(spec.input.duration / spec.dt));
  const piece = workers.shard === undefined ? batch : travelling;
  const pieces = { count, piece, update: undefined, signal, kept };
  await inPieces(workers, task, pieces, (raster, from) => onAnswers(from, raster)).finally(task.end);
}

/** Keeps who fired, so many steps an image, as the bytes of 32-bit numbers of this machine. */
const keptRasters = (stage: StageLog, steps: number): KeptPieces<Int32Array> => ({
  ...stage,
  write: ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  read: (bytes, from, to) => {
    if (bytes.length !== 4 * steps * (to - from)) return undefined;
    return new Int32Array(Uint8Array.from(bytes).buffer);
  },
});
