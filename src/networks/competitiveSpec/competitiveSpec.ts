import { bind, Do, map, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { aText, positiveScalar } from '../../core/params/validation.js';
import { validatePart } from '../validatePart.js';
import {
  type CompetitiveLayerSpec,
  type PoissonInputSpec,
  partDefaults,
  type TraceLearningSpec,
  type VoteSpec,
  validateInput,
  validateLayer,
  validateLearning,
  validateVote,
} from './competitiveParts.js';

/**
 * A network of one competitive layer as plain data: Poisson input → dense competitive layer with trace STDP → vote.
 *
 * Source: Diehl and Cook 2015, "Unsupervised learning of digit recognition using spike-timing-dependent plasticity".
 *
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 16 } }));
 * [spec.layer.neurons, spec.layer.tauMembrane, spec.readout.vote];   // => [16, 100, 'rate']
 */
export interface CompetitiveSpec {
  readonly name: string;
  /** Step of the simulation, ms. Default 1. */
  readonly dt: number;
  readonly input: PoissonInputSpec;
  readonly layer: CompetitiveLayerSpec;
  readonly learning: TraceLearningSpec;
  readonly readout: VoteSpec;
}

/** A {@link CompetitiveSpec} whose fields may be left to their defaults. */
export interface PartialCompetitiveSpec {
  readonly name: string;
  readonly dt?: number;
  readonly input?: Partial<PoissonInputSpec>;
  readonly layer?: Partial<CompetitiveLayerSpec>;
  readonly learning?: Partial<TraceLearningSpec>;
  readonly readout?: Partial<VoteSpec>;
}

/** The defaults of {@link CompetitiveSpec}. */
export const competitiveDefaults: CompetitiveSpec = frozen({
  name: 'competitive',
  dt: 1,
  ...partDefaults,
});

/**
 * The complete, checked network, or the first problem: `network.layer: neurons must be an integer ≥ 1, got 0`.
 *
 * @example
 * const spec = validateCompetitiveSpec({ name: 'tiny', layer: { tauInh: -1 } });
 * spec._tag === 'Left' ? spec.left.message : 'good';   // => 'network.layer: tauInh must be a number > 0, got -1'
 */
export const validateCompetitiveSpec = (given: PartialCompetitiveSpec): Validated<CompetitiveSpec> =>
  pipe(
    Do,
    bind('parts', () =>
      validatePart<Required<PartialCompetitiveSpec>>('network', competitiveDefaults, given, {
        name: aText,
        dt: positiveScalar,
        input: right,
        layer: right,
        learning: right,
        readout: right,
      }),
    ),
    bind('input', ({ parts }) => validateInput(parts.input)),
    bind('layer', ({ parts }) => validateLayer(parts.layer)),
    bind('learning', ({ parts }) => validateLearning(parts.learning)),
    bind('readout', ({ parts }) => validateVote(parts.readout)),
    map(({ parts: { name, dt }, input, layer, learning, readout }) => ({ name, dt, input, layer, learning, readout })),
  );
