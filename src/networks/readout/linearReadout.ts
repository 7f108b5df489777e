/**
 * A linear classifier: `score = ((x − mean) / scale) · weights + bias`, the largest score wins. Plain arrays.
 *
 * @property mean     of each feature over the training images.
 * @property scale    max(std, 0.1 · median std) of each feature.
 * @property weights  `[features, classes]`, row-major.
 * @property bias     `[classes]`.
 * @property image    [rows, columns] of the images that it was fitted on; undefined where its features are of no images.
 */
export interface LinearReadout {
  readonly classes: number;
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly image?: readonly [rows: number, columns: number];
}
