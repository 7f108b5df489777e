import type { CompetitiveWeights } from '../../kernels/host/competitiveLayer.js';
import type { ClassRates } from '../competitiveSpec/classRates.js';
import type { CompetitiveSpec } from '../competitiveSpec/competitiveSpec.js';
import type { NetworkSpec } from '../latency/spec/networkSpec.js';
import type { Readout } from '../readout/readout.js';

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
  readonly arrays: { readonly layers: readonly Float32Array[]; readonly readout?: Readout | undefined };
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

/** What a network takes an image for. */
export interface Classification {
  /** The class. */
  readonly label: number;
  /** What the class is called: its number where it has no name. */
  readonly name: string;
  /** How it was told: by the neurons' votes, by the margins of a linear read-out, or by who fires first. */
  readonly by: 'votes' | 'margins' | 'firstSpikes';
  /**
   * Of each class. Votes: its share of all, which together are 1; 0 for all where there are none: nobody fired, or only neurons that
   * had answered no image of a known class. Margins: its score against all others, any number, trained to be ≥ 1 for the right class
   * and ≤ −1 for the others. First spikes: how long before the longest time the first neuron of the class fired, as a share of it, 0
   * for never; of the same ones the higher potential decides.
   */
  readonly values: readonly number[];
  /** Spikes of the neurons of a competitive layer while the image was shown; otherwise of the encoded image, both polarities. */
  readonly spikes: number;
}
