import type { CompetitiveWeights } from '../../kernels/host/competitiveLayer.js';

/** How often the layer fired for the images since the point before, when `images` had been shown. */
export interface ActivityPoint {
  readonly images: number;
  readonly spikes: number;
}

/**
 * How far training has come, as plain arrays: enough to go on from here bit for bit.
 *
 * @property weights     `[pixels, neurons]` row-major.
 * @property theta       growth of each neuron's threshold, mV.
 */
export interface CompetitiveState extends CompetitiveWeights {
  /** Each as often as it was shown. */
  readonly imagesSeen: number;
  /** A point for every 1000 images, the last one for those since. */
  readonly activity: readonly ActivityPoint[];
}
