import type { Validated } from '../../../core/errors.js';
import { frozen } from '../../../core/frozen.js';
import { readable } from '../../../core/params/readable.js';
import {
  check,
  fractionScalar,
  integerFrom,
  nonNegativeScalar,
  oneOf,
  positiveScalar,
  scalar,
} from '../../../core/params/validation.js';
import { isRecord } from '../../../core/trees.js';
import type { Reading } from '../../../kernels/host/featureExtractor.js';
import type { FirstSpikeLearning } from '../../readout/firstSpikeReadout.js';
import type { VoteLearning } from '../../readout/voteReadout.js';
import { validatePart } from '../../validatePart.js';
import { mostPixels } from './encoderSpec.js';

/**
 * What the linear read-out sees of the last layer, on a grid of cells over the image, per map:
 *
 * - `'spikes'`: Σ (T − t)/T over the neurons of the cell that fired at step t: spikes alone, earlier ones count more.
 * - `'potentials'`: the highest final potential in the cell.
 * - `'contrast'`: Σ max(0, potential − share · highest potential of any map at the position).
 */
export interface LinearReadoutSpec {
  /** `'linear'`. */
  readonly type: 'linear';
  readonly source: 'spikes' | 'potentials' | 'contrast';
  /** Cells a side. Default 4. */
  readonly grid: number;
  /** Share of the highest potential that `'contrast'` takes off, in [0, 1): at 1 no potential is above the highest. Default 0.7. */
  readonly share: number;
  /** Weight of ½‖W‖² in the fit. Default 0.01. */
  readonly lambda: number;
  /** Iterations of the fit, at most. Default 80. */
  readonly iterations: number;
}

/**
 * Output neurons that answer by who fires first, and learn it by supervised STDP. They see `'spikes'` of {@link LinearReadoutSpec} as
 * latencies: no potential, no classifier.
 */
export interface FirstSpikeReadoutSpec extends FirstSpikeLearning {
  /** Cells a side. Default 4. */
  readonly grid: number;
}

/** Neurons that come to stand for images alike, without labels, and vote. They see `'spikes'` of {@link LinearReadoutSpec}. */
export interface VoteReadoutSpec extends VoteLearning {
  /** Cells a side. Default 4. */
  readonly grid: number;
}

/** How a network is read out. */
export type ReadoutSpec = LinearReadoutSpec | FirstSpikeReadoutSpec | VoteReadoutSpec;

/** A read-out whose fields may be left to their defaults; its type tells which. */
export type PartialReadoutSpec = Partial<LinearReadoutSpec> | Partial<FirstSpikeReadoutSpec> | Partial<VoteReadoutSpec>;

/** The defaults of {@link LinearReadoutSpec}, the read-out unless another `type` is asked for. */
export const readoutDefaults: LinearReadoutSpec = frozen({
  type: 'linear',
  source: 'contrast',
  grid: 4,
  share: 0.7,
  lambda: 0.01,
  iterations: 80,
});

/** The defaults of {@link FirstSpikeReadoutSpec}. */
export const firstSpikeReadoutDefaults: FirstSpikeReadoutSpec = frozen({
  type: 's2Stdp',
  grid: 4,
  perClass: 10,
  targets: 9,
  threshold: 0.5,
  weightMean: 0.3,
  weightStd: 0.01,
  gap: 0.03,
  etaPlus: 0.1,
  etaMinus: 0.2,
  etaDecay: 0.85,
  etaThreshold: 0.05,
  etaThresholdDecay: 0.5,
  epochs: 12,
});

/** The defaults of {@link VoteReadoutSpec}. */
export const voteReadoutDefaults: VoteReadoutSpec = frozen({
  type: 'vote',
  grid: 4,
  neurons: 400,
  eta: 0.3,
  etaEnd: 0.01,
  etaThreshold: 1e-4,
  epochs: 2,
  labelled: 20_000,
  voters: 3,
  sharpness: 40,
});

const aType = oneOf('linear', 's2Stdp', 'sstdp', 'vote');
const aGrid = integerFrom(1, mostPixels);

/** The complete, checked read-out, or the first problem. */
export const validateReadoutSpec = (given?: PartialReadoutSpec): Validated<ReadoutSpec> =>
  readable<ReadoutSpec>('network.readout', 'type', () => {
    switch (isRecord(given) ? given.type : undefined) {
      case 's2Stdp':
      case 'sstdp':
        return validateFirstSpikes(given as Partial<FirstSpikeReadoutSpec>);
      case 'vote':
        return validateVotes(given as Partial<VoteReadoutSpec>);
      default:
        return validateLinear(given as Partial<LinearReadoutSpec>);
    }
  });

const validateLinear = (given?: Partial<LinearReadoutSpec>): Validated<LinearReadoutSpec> =>
  validatePart('network.readout', readoutDefaults, given, {
    type: aType,
    source: oneOf('spikes', 'potentials', 'contrast'),
    grid: aGrid,
    share: check('a number in [0, 1)', (value) => typeof value === 'number' && value >= 0 && Math.fround(value) < 1),
    lambda: positiveScalar,
    iterations: integerFrom(1),
  });

const validateFirstSpikes = (given: Partial<FirstSpikeReadoutSpec>): Validated<FirstSpikeReadoutSpec> =>
  validatePart('network.readout', { ...firstSpikeReadoutDefaults, targets: defaultTargets(given.perClass) }, given, {
    type: aType,
    grid: aGrid,
    perClass: integerFrom(1, 1000),
    targets: integerFrom(1, given.perClass ?? firstSpikeReadoutDefaults.perClass),
    threshold: positiveScalar,
    weightMean: fractionScalar,
    weightStd: nonNegativeScalar,
    gap: nonNegativeScalar,
    etaPlus: scalar,
    etaMinus: scalar,
    etaDecay: nonNegativeScalar,
    etaThreshold: nonNegativeScalar,
    etaThresholdDecay: nonNegativeScalar,
    epochs: integerFrom(1),
  });

const anEta = check('a number > 0 and < 1', (value) => typeof value === 'number' && value > 0 && Math.fround(value) < 1);

const validateVotes = (given: Partial<VoteReadoutSpec>): Validated<VoteReadoutSpec> =>
  validatePart('network.readout', voteReadoutDefaults, given, {
    type: aType,
    grid: aGrid,
    neurons: integerFrom(1, 2 ** 20),
    eta: anEta,
    etaEnd: anEta,
    etaThreshold: nonNegativeScalar,
    epochs: integerFrom(1),
    labelled: integerFrom(1),
    voters: integerFrom(1, given.neurons ?? voteReadoutDefaults.neurons),
    sharpness: nonNegativeScalar,
  });

/** One neuron of a class is no target, where there are several. */
const defaultTargets = (perClass: unknown = firstSpikeReadoutDefaults.perClass): number => Math.max(1, Number(perClass) - 1);

/** What a read-out sees, in the numbers of the kernels. */
export const readingOf = (readout: ReadoutSpec): Reading =>
  readout.type === 'linear' ? readout : { source: 'spikes', grid: readout.grid, share: 0 };
