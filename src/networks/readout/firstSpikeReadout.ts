/** Output neurons whose first spike is the answer. Inputs are features as first spikes: the larger a feature, the earlier. Plain arrays. */
export interface FirstSpikeReadout {
  readonly classes: number;
  /** Scale of each feature: one of this size spikes at once, at 0; smaller ones at 1 − feature / scale, 0 never. */
  readonly scale: Float32Array;
  /** A neuron fires when its potential, the sum of the weights of inputs that have spiked, is above this. */
  readonly threshold: number;
  /** `[neurons, features]`, row-major, ≥ 0; as many neurons of each class, one class after the other. */
  readonly weights: Float32Array;
  /** How many training images each neuron answered. */
  readonly answers: Float32Array;
  /** When each neuron answered, on average, as a share of the longest time; 1 where it answered none. */
  readonly times: Float32Array;
  /** [rows, columns] of the images that it was fitted on. */
  readonly image?: readonly [rows: number, columns: number];
}

/** How output neurons learn when to fire, see {@link s2StdpWinners}. */
export interface FirstSpikeLearning {
  /** `'s2Stdp'`, or `'sstdp'`: desired times are bounds, weights are not scaled. */
  readonly type: 's2Stdp' | 'sstdp';
  /** Neurons of each class. Default 10. */
  readonly perClass: number;
  /** How many neurons of a class are to answer for it; the others take up what is like the class, but isn't. Default 9. */
  readonly targets: number;
  /** Threshold, as a share of what all inputs of an average training image bring to a neuron that hasn't learned. Default 0.5. */
  readonly threshold: number;
  /** Mean of the initial weights, N(mean, std²) cut to [0, 1]. Default 0.3. */
  readonly weightMean: number;
  /** Standard deviation of the initial weights. Default 0.01. */
  readonly weightStd: number;
  /** Gap between the desired times of targets and of others, as a share of the longest time. Default 0.03. */
  readonly gap: number;
  /** Rate of inputs that fire before the output or with it, in the first epoch. Default 0.1. */
  readonly etaPlus: number;
  /** Rate of later inputs. Default 0.2. */
  readonly etaMinus: number;
  /** What both are multiplied with after each epoch. Default 0.85. */
  readonly etaDecay: number;
  /** How far thresholds of targets move, as a share of the threshold, see {@link regulateThresholds}. Default 0.05. */
  readonly etaThreshold: number;
  /** What that is multiplied with after each epoch. Default 0.5. */
  readonly etaThresholdDecay: number;
  /** How often all training images are shown. Default 12. */
  readonly epochs: number;
}
