/**
 * Neurons that came to stand for what images have in common, and vote. The potential of a neuron is w · x of an image whose features f are
 * x = √f / |√f|; the `voters` neurons of the highest potentials vote for every class c with
 * exp(sharpness · (potential − highest potential)) · rates[n][c] / Σ rates[n]. Plain arrays.
 */
export interface VoteReadout {
  readonly classes: number;
  /** `[neurons, features]`, row-major, ≥ 0, each row of length 1. */
  readonly weights: Float32Array;
  /** `[neurons, classes]`: the votes that each neuron had for labelled training images of each class. */
  readonly rates: Float32Array;
  /** Neurons that vote on an image. */
  readonly voters: number;
  /** How much more a nearer neuron's vote counts. */
  readonly sharpness: number;
  /** [rows, columns] of the images that it was fitted on. */
  readonly image?: readonly [rows: number, columns: number];
}

/**
 * How such neurons learn, without labels. Of an image, whose features are x, the neuron of the highest w · x − threshold becomes more like it,
 *
 *     w ← (w + eta (x − w)) / |w + eta (x − w)|,   threshold ← threshold + etaThreshold
 *
 * This is close to online spherical k-means: what spikes is what made the features; here there are rates and a winner, and no times.
 * Thresholds keep few neurons from winning all images. The first weights are those of random images.
 */
export interface VoteLearning {
  readonly type: 'vote';
  /** How many neurons learn. Default 400. */
  readonly neurons: number;
  /** Rate for the first image, in (0, 1). Default 0.3. */
  readonly eta: number;
  /** Rate for the last image; it falls exponentially. Default 0.01. */
  readonly etaEnd: number;
  /** What a winner's threshold grows by. Default 0.0001. */
  readonly etaThreshold: number;
  /** How often all training images are shown. Default 2. */
  readonly epochs: number;
  /** The first so many training images, with their labels, tell what neurons answer. Default 20 000. */
  readonly labelled: number;
  /** Neurons that vote on an image. Default 3. */
  readonly voters: number;
  /** How much more a nearer neuron's vote counts. Default 40. */
  readonly sharpness: number;
}
