import type { CompetitiveWeights } from '../../kernels/host/competitiveLayer.js';
import type { ClassRates } from '../competitiveSpec/classRates.js';
import type { CompetitiveSpec } from '../competitiveSpec/competitiveSpec.js';
import type { NetworkSpec } from '../latency/spec/networkSpec.js';
import type { LinearReadout } from '../readout/linearReadout.js';

/** What is known of the images that a network learned from. */
export interface SeenImages {
  readonly rows?: number | undefined;
  readonly columns?: number | undefined;
  readonly classNames?: readonly string[] | undefined;
}

/** A latency-coded network, trained and read out. */
export interface TrainedLatency {
  readonly kind: 'latency';
  readonly network: NetworkSpec;
  readonly data: SeenImages;
  readonly arrays: { readonly layers: readonly Float32Array[]; readonly readout?: LinearReadout | undefined };
}

/** A competitive layer, trained, whose neurons' answers to each class are known; `seed` is that of its experiment. */
export interface TrainedCompetitive {
  readonly kind: 'competitive';
  readonly network: CompetitiveSpec;
  readonly seed: number;
  readonly data: SeenImages;
  readonly arrays: CompetitiveWeights & { readonly answers?: ClassRates | undefined };
}

/** A network that can tell what an image shows: every run that was trained to its end is one. */
export type TrainedNetwork = TrainedLatency | TrainedCompetitive;

/**
 * What a network takes an image for.
 *
 * @property label   the class.
 * @property name    what the class is called: its number where it has no name.
 * @property by      how it was told: by the neurons' votes, or by the margins of a linear read-out.
 * @property values  of each class. Votes: its share of all, 0 to 1 (0 for all where nobody fired). Margins: its score against all
 *                   others, trained to be ≥ 1 for the right class and ≤ −1 for the others.
 * @property spikes  votes: of the neurons, while the image was shown; margins: of the encoded image, both polarities.
 */
export interface Classification {
  readonly label: number;
  readonly name: string;
  readonly by: 'votes' | 'margins';
  readonly values: readonly number[];
  readonly spikes: number;
}
