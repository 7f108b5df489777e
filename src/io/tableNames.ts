/** What can be had of a run as numbers, and what is in a line of it. */
export const tables = [
  ['confusion', 'class, answer, and how many test images of that class were taken for that'],
  ['learning', 'of each curve: images seen, and what is drawn over them'],
  ['spikes', 'time, neuron and channel of each spike of the first test image'],
  ['histogram', 'of each layer: how many weights lie from one number to another'],
  ['fields', 'layer, map, row, column and channel of each weight of the receptive fields in the input'],
] as const;

/** One of {@link tables}. */
export type TableName = (typeof tables)[number][0];
