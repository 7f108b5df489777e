import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { integerFrom, nonNegativeScalar, oneOf, positiveScalar, scalar } from '../../core/params/validation.js';
import { validatePart } from '../validatePart.js';

/** An image as Poisson spike trains. A pixel of value x fires in a step with probability x/255 · rate · dt/1000, at most 1. */
export interface PoissonInputSpec {
  /** Rate of a white pixel, Hz. Default 63.75. */
  readonly maxRate: number;
  /** Duration of a presentation, ms. Default 350. */
  readonly duration: number;
  /** Until the next one, ms: long enough for everything but theta to come to rest. Default 150. */
  readonly rest: number;
  /** When the layer answers with fewer, the image is shown again, brighter. Default 2. */
  readonly minSpikes: number;
  /** By how much white pixels are faster each time, Hz. Default 31.875. */
  readonly retryRate: number;
  /** An image is shown at most so many times more. Default 8. */
  readonly maxRetries: number;
}

/**
 * Neurons that compete: each spike inhibits all others. Potentials are relative to rest.
 *
 *     tauMembrane·dv/dt = −v + ge·(excReversal − v) + gi·(inhReversal − v)     implicit Euler
 *
 * ge jumps by the weight of each input spike, gi by `inhibition` in the step after another neuron's spike; both decay. A
 * neuron fires above threshold + theta; of several in one step the one farthest above it, alone.
 */
export interface CompetitiveLayerSpec {
  /** How many neurons there are. Default 400. */
  readonly neurons: number;
  /** Time constant of the membrane, ms. Default 100. */
  readonly tauMembrane: number;
  /** Time constant of ge, ms. Default 1. */
  readonly tauExc: number;
  /** Time constant of gi, ms. Default 2. */
  readonly tauInh: number;
  /** mV above rest. Default 65. */
  readonly excReversal: number;
  /** mV above rest. Default −35. */
  readonly inhReversal: number;
  /** mV above rest. Default 13. */
  readonly threshold: number;
  /** mV above rest. Default 0. */
  readonly reset: number;
  /** Pause after a spike, ms. Default 5. */
  readonly refractory: number;
  /** How strongly a spike inhibits the other neurons, in units of the leak. Default 40. */
  readonly inhibition: number;
  /**
   * Growth of a neuron's threshold at each of its spikes while it learns, mV. 7.5 · neurons / images shown lets every neuron find its
   * place. Default 0.05.
   */
  readonly thetaPlus: number;
  /** Decay of that growth, ms. Default 1e7. */
  readonly tauTheta: number;
}

/**
 * Trace STDP. A spike sets its trace to 1.
 *
 *     input spike:  w = max(0, w − etaMinus · tPost)        output spike:  w = min(wMax, w + etaPlus · tPre)
 */
export interface TraceLearningSpec {
  /** Rate of potentiation. Default 0.01. */
  readonly etaPlus: number;
  /** Rate of depression. Default 0.001. */
  readonly etaMinus: number;
  /** Time constant of the presynaptic trace, ms. Default 20. */
  readonly tauPre: number;
  /** Time constant of the postsynaptic trace, ms. Default 20. */
  readonly tauPost: number;
  /** Upper bound of the weights. Default 1. */
  readonly wMax: number;
  /** Sum of each neuron's weights, restored after every presentation. Default 85. */
  readonly norm: number;
  /** Shown while it learns: all training images in random order, then again in another. Default 60 000. */
  readonly images: number;
}

/**
 * How spikes of the trained layer tell a class. r[n][c] is the mean number of spikes of neuron n for training images of class
 * c; a spike of neuron n votes
 *
 * - `'rate'`: for every class c with r[n][c] / Σ r[n].
 * - `'mean'`: for the class that n answers most, with 1 / (neurons of that class), as in Diehl and Cook 2015.
 */
export interface VoteSpec {
  /** The last so many training images tell r (all when there are fewer). Default 20 000. */
  readonly images: number;
  /** How neurons' votes count, see `voteTable`. Default 'rate'. */
  readonly vote: 'rate' | 'mean';
}

/** The parts of a competitive network. */
interface CompetitiveParts {
  readonly input: PoissonInputSpec;
  readonly layer: CompetitiveLayerSpec;
  readonly learning: TraceLearningSpec;
  readonly readout: VoteSpec;
}

/** The defaults of the parts. */
export const partDefaults: CompetitiveParts = frozen({
  input: { maxRate: 63.75, duration: 350, rest: 150, minSpikes: 2, retryRate: 31.875, maxRetries: 8 },
  layer: {
    neurons: 400,
    tauMembrane: 100,
    tauExc: 1,
    tauInh: 2,
    excReversal: 65,
    inhReversal: -35,
    threshold: 13,
    reset: 0,
    refractory: 5,
    inhibition: 40,
    thetaPlus: 0.05,
    tauTheta: 1e7,
  },
  learning: { etaPlus: 0.01, etaMinus: 0.001, tauPre: 20, tauPost: 20, wMax: 1, norm: 85, images: 60_000 },
  readout: { images: 20_000, vote: 'rate' },
});

/** A part with its defaults, checked. */
export const validateInput = (given?: Partial<PoissonInputSpec>): Validated<PoissonInputSpec> =>
  validatePart('network.input', partDefaults.input, given, {
    maxRate: positiveScalar,
    duration: positiveScalar,
    rest: nonNegativeScalar,
    minSpikes: integerFrom(0, 2 ** 20),
    retryRate: nonNegativeScalar,
    maxRetries: integerFrom(0, 1000),
  });

/** A part with its defaults, checked. */
export const validateLayer = (given?: Partial<CompetitiveLayerSpec>): Validated<CompetitiveLayerSpec> =>
  validatePart('network.layer', partDefaults.layer, given, {
    neurons: integerFrom(1),
    tauMembrane: positiveScalar,
    tauExc: positiveScalar,
    tauInh: positiveScalar,
    excReversal: positiveScalar,
    inhReversal: scalar,
    threshold: positiveScalar,
    reset: scalar,
    refractory: nonNegativeScalar,
    inhibition: nonNegativeScalar,
    thetaPlus: nonNegativeScalar,
    tauTheta: positiveScalar,
  });

/** A part with its defaults, checked. */
export const validateLearning = (given?: Partial<TraceLearningSpec>): Validated<TraceLearningSpec> =>
  validatePart('network.learning', partDefaults.learning, given, {
    etaPlus: nonNegativeScalar,
    etaMinus: nonNegativeScalar,
    tauPre: positiveScalar,
    tauPost: positiveScalar,
    wMax: positiveScalar,
    norm: positiveScalar,
    images: integerFrom(1),
  });

/** A part with its defaults, checked. */
export const validateVote = (given?: Partial<VoteSpec>): Validated<VoteSpec> =>
  validatePart('network.readout', partDefaults.readout, given, { images: integerFrom(1), vote: oneOf('rate', 'mean') });
