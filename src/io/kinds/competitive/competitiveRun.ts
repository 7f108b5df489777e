import type { CompetitiveWeights } from '../../../kernels/host/competitiveLayer.js';
import type { ClassRates } from '../../../networks/competitiveSpec/classRates.js';
import type { CompetitiveSpec } from '../../../networks/competitiveSpec/competitiveSpec.js';
import type { CompetitiveState } from '../../../networks/competitiveSpec/competitiveState.js';
import type { AnyRun } from '../../run.js';

/** A competitive layer whose neurons vote. The arrays: what it learned, and what the neurons answer to each class. */
export interface CompetitiveRun extends AnyRun {
  readonly kind: 'competitive';
  readonly network: CompetitiveSpec;
  readonly training: Omit<CompetitiveState, keyof CompetitiveWeights>;
  readonly arrays: CompetitiveWeights & { readonly answers?: ClassRates };
}
