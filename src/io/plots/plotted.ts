/** A named line through points (x, y); a NaN leaves a gap. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** What {@link lineChart} draws. */
export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  /** Whether both axes are; points that are not positive are left out then. Default false. */
  readonly logarithmic?: boolean;
}

/** A spike of one input: when (ms or steps), which neuron, and the name of the channel or layer that it is coloured by. */
export interface RasterSpike {
  readonly time: number;
  readonly neuron: number;
  readonly channel: string;
}

/** How often each class (row) was taken for each class (column). */
export interface Confusion {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}
