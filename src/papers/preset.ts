import type { PartialCompetitiveSpec } from '../networks/competitiveSpec/competitiveSpec.js';
import type { PartialNetworkSpec } from '../networks/latency/spec/networkSpec.js';

/** What every preset tells. */
export interface AnyPreset {
  /** What it is, in one line for a menu. */
  readonly summary: string;
  /** Paper or recipe, and how this differs from it. */
  readonly source: string;
  /** Test accuracy that others published on MNIST, with the reference. */
  readonly expected: string;
}

/** A latency-coded convolutional network with its read-out. */
export interface LatencyPreset extends AnyPreset {
  readonly kind: 'latency';
  readonly network: PartialNetworkSpec;
}

/** A competitive layer whose neurons vote, of any size. */
export interface CompetitivePreset extends AnyPreset {
  readonly kind: 'competitive';
  /** How many neurons it has unless asked for more or fewer. */
  readonly neurons: number;
  readonly network: (neurons: number) => PartialCompetitiveSpec;
}

/** A published or recommended network: its numbers, where they come from, and what to expect of it. */
export type Preset = LatencyPreset | CompetitivePreset;
