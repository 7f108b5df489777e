import type { Labels } from '../../data/labels.js';
import { fieldsOf } from '../checked/images.js';
import type { WorkerPool } from '../workers/workerPool.js';
import { checkedFirstSpikes } from './checkedFirstSpikes.js';
import { checkedReadout } from './checkedReadout.js';
import { checkedVotes } from './checkedVotes.js';
import type { FeatureMatrix } from './featureMatrix.js';
import type { FirstSpikeReadout } from './firstSpikeReadout.js';
import { classesByFirstSpike, type FirstSpikeState } from './fitFirstSpikes.js';
import { classesOf } from './fitLinearReadout.js';
import { classesByVotes, type VoteState } from './fitVotes.js';
import type { LbfgsState } from './lbfgs.js';
import type { LinearReadout } from './linearReadout.js';
import type { VoteReadout } from './voteReadout.js';

/** What tells the class from features: a linear classifier, output neurons that answer by who fires first, or neurons that vote. */
export type Readout = LinearReadout | FirstSpikeReadout | VoteReadout;

/** How far the fit of a read-out has come. */
export type FitState = LbfgsState | FirstSpikeState | VoteState;

/** Whether it answers by first spikes. */
export const isByFirstSpikes = (readout: Readout): readout is FirstSpikeReadout => 'threshold' in readout;

/** Whether it answers by votes. */
export const isByVotes = (readout: Readout): readout is VoteReadout => 'rates' in readout;

/** The class of each image, of what has been checked. */
export const answersOf = (readout: Readout, features: FeatureMatrix, workers: WorkerPool): Promise<Labels> =>
  isByVotes(readout)
    ? classesByVotes(readout, features, workers)
    : isByFirstSpikes(readout)
      ? classesByFirstSpike(readout, features, workers)
      : classesOf(readout, features, workers);

/**
 * A read-out of any kind whose parts fit each other; one that went through JSON as float32 again.
 *
 * @param size  features that it is to read.
 * @throws {StdpError} that names the part which doesn't fit.
 */
export function checkedAnyReadout(given: Readout, size: number, where: string): Readout {
  const readout = fieldsOf(given, where, 'readout');
  if (isByVotes(readout)) return checkedVotes(readout, size, where);
  return isByFirstSpikes(readout) ? checkedFirstSpikes(readout, size, where) : checkedReadout(readout, size, where);
}
