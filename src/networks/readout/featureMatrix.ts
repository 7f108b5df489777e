/** Features of many images, row by row, on the host. */
export interface FeatureMatrix {
  readonly values: Float32Array;
  readonly count: number;
  readonly size: number;
}
