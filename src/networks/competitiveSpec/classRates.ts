/**
 * What each neuron answers to each class: `rates[n · classes + c]` is its mean number of spikes for an image of class c.
 */
export interface ClassRates {
  readonly classes: number;
  readonly rates: Float32Array;
}
