import type { Labels } from '../../data/labels.js';
import { fieldsOf } from '../checked/images.js';
import type { WorkerPool } from '../workers/workerPool.js';
import { checkedFirstSpikes } from './checkedFirstSpikes.js';
import { checkedReadout } from './checkedReadout.js';
import type { FeatureMatrix } from './featureMatrix.js';
import type { FirstSpikeReadout } from './firstSpikeReadout.js';
import { classesByFirstSpike, type FirstSpikeState } from './fitFirstSpikes.js';
import { classesOf } from './fitLinearReadout.js';
import type { LbfgsState } from './lbfgs.js';
import type { LinearReadout } from './linearReadout.js';

/** What tells the class from features: a linear classifier, or output neurons that answer by who fires first. */
export type Readout = LinearReadout | FirstSpikeReadout;

/** How far the fit of a read-out has come. */
export type FitState = LbfgsState | FirstSpikeState;

/** Whether it answers by first spikes. */
export const isByFirstSpikes = (readout: Readout): readout is FirstSpikeReadout => 'threshold' in readout;

/** The class of each image, of what has been checked. */
export const answersOf = (readout: Readout, features: FeatureMatrix, workers: WorkerPool): Promise<Labels> =>
  isByFirstSpikes(readout) ? classesByFirstSpike(readout, features, workers) : classesOf(readout, features, workers);

/**
 * A read-out of either kind whose parts fit each other; one that went through JSON as float32 again.
 *
 * @param size  features that it is to read.
 * @throws {StdpError} that names the part which doesn't fit.
 */
export const checkedAnyReadout = (given: Readout, size: number, where: string): Readout =>
  isByFirstSpikes(fieldsOf(given, where, 'readout'))
    ? checkedFirstSpikes(given as FirstSpikeReadout, size, where)
    : checkedReadout(given as LinearReadout, size, where);
