/** A linear classifier: `score = ((x − mean) / scale) · weights + bias`, the largest score wins. Plain arrays. */
export interface LinearReadout {
  readonly classes: number;
  /** Mean of each feature over the training images. */
  readonly mean: Float32Array;
  /** max(std, 0.1 · median std) of each feature. */
  readonly scale: Float32Array;
  /** `[features, classes]`, row-major. */
  readonly weights: Float32Array;
  /** `[classes]`. */
  readonly bias: Float32Array;
  /** [rows, columns] of the images that it was fitted on; undefined where its features are of no images. */
  readonly image?: readonly [rows: number, columns: number];
}
