import { ensure, StdpError } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { checkLength, strictBytes } from '../checked/arrays.js';
import { fieldsOf } from '../checked/images.js';
import { checkedSpec } from '../checked/options.js';
import { spikeTimesOf } from '../latency/encodeImages.js';
import { featuresOf } from '../latency/extractFeatures.js';
import { encodersOf, featureSize, networkInput } from '../latency/spec/branches.js';
import { validateNetworkSpec } from '../latency/spec/networkSpec.js';
import { checkedWeights } from '../latency/training/checkedWeights.js';
import { checkWork } from '../latency/workload.js';
import type { FeatureMatrix } from '../readout/featureMatrix.js';
import { scoresOf } from '../readout/fitLinearReadout.js';
import { votersOf } from '../readout/fitVotes.js';
import { earliness } from '../readout/raceOf.js';
import { checkedAnyReadout, isByFirstSpikes, isByVotes } from '../readout/readout.js';
import type { VoteReadout } from '../readout/voteReadout.js';
import { sharesOf, votesOf } from '../readout/votesOf.js';
import { localPool } from '../workers/workerPool.js';
import type { Classification, TrainedLatency } from './trainedNetwork.js';

/** What the read-out of a latency-coded network takes an image for. */
export async function classifyByMargins(
  { network, data, arrays }: TrainedLatency,
  pixels: Uint8Array,
  where: string,
): Promise<Omit<Classification, 'name'>> {
  const spec = checkedSpec(validateNetworkSpec, network, where);
  const { layers, readout } = fieldsOf(arrays, where, 'network.arrays');
  if (readout === undefined) throw new StdpError(where, 'network', 'was not read out yet: it has no arrays.readout');
  const reader = checkedAnyReadout(readout, featureSize(spec), where);
  const [rows, columns] = reader.image ?? [data.rows, data.columns];
  const sized = () => `must tell rows and columns, integers ≥ 1, got ${show([rows, columns])}`;
  ensure(isSide(rows) && isSide(columns), where, 'network.data', sized);
  const input = networkInput(spec, rows, columns);
  checkWork(spec, input, where);
  const weights = checkedWeights(layers, spec, input.channels, where, 'network.arrays.layers');
  const bytes = strictBytes(pixels, where, 'pixels', '0 … 255 (pixels of 0 … 1 times 255)');
  const area = rows * columns;
  const coloured = bytes.length === 3 * area || spec.encoder.colour !== 'grey';
  const image = `an image of ${rows} × ${columns} pixels${coloured ? ' in red, green and blue' : ''}`;
  checkLength(bytes, coloured ? 3 * area : area, where, 'pixels', image);
  const work = { where, workers: localPool() };
  const times = await spikeTimesOf({ pixels: bytes, count: 1 }, rows, columns, encodersOf(spec), work);
  const features = await featuresOf(times, weights, spec, work);
  const spikes = times.values.filter((time) => time < times.steps).length;
  if (isByVotes(reader)) return { ...(await sharesOfVotes(reader, features)), by: 'votes', spikes };
  if (isByFirstSpikes(reader)) return { ...earliness(reader, features.values), by: 'firstSpikes', spikes };
  const { label, scores } = scoresOf(reader, features.values);
  return { label, by: 'margins', values: [...scores], spikes };
}

/** The class of most votes, and the share of each. */
async function sharesOfVotes(readout: VoteReadout, features: FeatureMatrix): Promise<Pick<Classification, 'label' | 'values'>> {
  const votes = votesOf(readout, sharesOf(readout), await votersOf(readout, features, localPool()));
  const all = votes.reduce((sum, count) => sum + count, 0);
  return { label: votes.indexOf(Math.max(...votes)), values: Array.from(votes, (count) => (all === 0 ? 0 : count / all)) };
}

const isSide = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1;
