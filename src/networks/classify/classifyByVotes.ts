import { StdpError } from '../../core/errors.js';
import { ensureIs } from '../../core/params/validation.js';
import { aSeed, fork } from '../../core/random.js';
import { checkLength, strictBytes } from '../checked/arrays.js';
import { fieldsOf } from '../checked/images.js';
import { checkedSpec } from '../checked/options.js';
import { responses } from '../competitive/respond.js';
import { streams } from '../competitive/streams.js';
import { countVotes, mostVotes, voteTable } from '../competitive/vote.js';
import { checkedLearned, checkedRates } from '../competitiveSpec/checkedLearned.js';
import { competitiveConstants } from '../competitiveSpec/competitiveConstants.js';
import { validateCompetitiveSpec } from '../competitiveSpec/competitiveSpec.js';
import { localPool } from '../workers/workerPool.js';
import type { Classification, TrainedCompetitive } from './trainedNetwork.js';

/** What the neurons of a competitive layer take an image for. */
export async function classifyByVotes(
  { network, seed, arrays }: TrainedCompetitive,
  pixels: Uint8Array,
  where: string,
): Promise<Omit<Classification, 'name'>> {
  const spec = checkedSpec(validateCompetitiveSpec, network, where);
  const learned = checkedLearned(arrays, spec, where, 'network.arrays');
  const size = learned.weights.length / spec.layer.neurons;
  competitiveConstants(spec, size, where);
  const { answers } = fieldsOf(arrays, where, 'network.arrays');
  if (answers === undefined) throw new StdpError(where, 'network', 'was not tested yet: it has no arrays.answers');
  const rates = checkedRates(answers, where, spec.layer.neurons);
  ensureIs(aSeed, seed, where, 'network.seed');
  const bytes = strictBytes(pixels, where, 'pixels', '0 … 255 (pixels of 0 … 1 times 255)');
  checkLength(bytes, size, where, 'pixels', `an image of ${size} pixels`);
  const fired: Int32Array[] = [];
  const shown = { spec, learned, images: { pixels: bytes, count: 1 }, spikes: fork(seed, streams.testing) };
  await responses(shown, (_, raster) => fired.push(raster), undefined, localPool());
  const raster = Int32Array.from(fired.flatMap((part) => [...part]));
  const votes = countVotes(raster, voteTable(rates, spec.readout.vote), rates.classes);
  const all = votes.reduce((sum, count) => sum + count, 0);
  return {
    label: mostVotes(votes),
    by: 'votes',
    values: Array.from(votes, (count) => (all === 0 ? 0 : count / all)),
    spikes: raster.filter((neuron) => neuron >= 0).length,
  };
}
