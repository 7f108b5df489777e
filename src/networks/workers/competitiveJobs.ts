import { aSeed, fork, type RandomGenerator, randomGenerator } from '../../core/random.js';
import { type CompetitiveWeights, competitiveLayer } from '../../kernels/host/competitiveLayer.js';
import { checkedSpec } from '../checked/options.js';
import { checkedLearned } from '../competitiveSpec/checkedLearned.js';
import { competitiveConstants } from '../competitiveSpec/competitiveConstants.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../competitiveSpec/competitiveSpec.js';
import { checkWithin, type SetupReader, setupReader } from './setupReader.js';

/** What {@link answer} needs. */
interface AnswerSetup {
  readonly spec: CompetitiveSpec;
  readonly learned: CompetitiveWeights;
  readonly pixels: Uint8Array;
  readonly size: number;
  readonly spikes: RandomGenerator;
}

/**
 * Who fires in a competitive layer that doesn't learn any more, `[images, steps]`, −1 for nobody. Spikes of image i are drawn from
 * `fork(spikes, i)`: the answer to an image doesn't depend on the others.
 */
export function answer(setup: AnswerSetup) {
  const { spec, learned, pixels, size, spikes } = setup;
  const reader = setupReader('answer', setup);
  const count = countOf(reader, size);
  const network = checkedSpec(validateCompetitiveSpec, spec, 'pool');
  const own = checkedLearned(learned, network, 'pool', 'answer.learned', size);
  reader.is('spikes', aSeed);
  const { seed } = randomGenerator(spikes);
  const layer = competitiveLayer(competitiveConstants(network, size, 'pool'), own);
  return (from: number, to: number): Int32Array => {
    checkWithin(to, count);
    const streams = Array.from({ length: to - from }, (_, index) => fork(spikes, from + index).stream);
    return layer.present(pixels.subarray(from * size, to * size), seed, streams, false);
  };
}

function countOf(reader: SetupReader, size: number): number {
  reader.count('size');
  reader.bytes('pixels');
  return reader.rows('pixels', size);
}
