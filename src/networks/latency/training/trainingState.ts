/** The convergence of a layer, C = mean w(1 − w), after it saw so many images. */
export interface ConvergencePoint {
  readonly layer: number;
  readonly images: number;
  readonly value: number;
}

/** How far training has come, as plain arrays: enough to go on from here bit for bit. */
export interface TrainingState {
  /** The layer that is learning; `layers.length` when all have learned. */
  readonly layer: number;
  /** Images that the layer has seen. */
  readonly imagesSeen: number;
  /** Weights of every layer begun so far, `[k, k, in, maps]` row-major. */
  readonly weights: readonly Float32Array[];
  readonly convergence: readonly ConvergencePoint[];
  /** Thresholds of the maps of that layer, where they move. */
  readonly thresholds?: readonly number[];
}

/** Nothing learned yet. */
export const untrained: TrainingState = { layer: 0, imagesSeen: 0, weights: [], convergence: [] };
