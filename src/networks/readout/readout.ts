/**
 * A linear classifier: `score = ((x − mean) / scale) · weights + bias`, the largest score wins. Plain arrays.
 *
 * @property mean     of each feature over the training images.
 * @property scale    max(std, 0.1 · median std) of each feature.
 * @property weights  `[features, classes]`, row-major.
 * @property bias     `[classes]`.
 */
export interface LinearReadout {
  readonly classes: number;
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}
