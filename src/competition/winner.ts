/**
 * The neuron that fired first, and when.
 *
 * @property channel  feature map.
 * @property y        row in the map.
 * @property x        column in the map.
 * @property time     step of its first spike.
 */
export interface Winner {
  readonly channel: number;
  readonly y: number;
  readonly x: number;
  readonly time: number;
}
