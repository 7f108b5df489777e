/** The neuron that fired first, and when. */
export interface Winner {
  /** Feature map. */
  readonly channel: number;
  /** Row in the map. */
  readonly y: number;
  /** Column in the map. */
  readonly x: number;
  /** Step of its first spike. */
  readonly time: number;
}
