// A sighting: an input that spikes, as an output sees it. A word, 256 · the tap of the kernel that the input lies at, in the order
// of [channels, side, side], + the step at which it spikes.

/** Where the weights of a sighting begin in a whole block. */
@inline
export function tapOf(sighting: u32): usize {
  return <usize>((sighting >> 1) & ~127);
}

/** Where they begin in a half block. */
@inline
export function halfTapOf(sighting: u32): usize {
  return <usize>((sighting >> 2) & ~63);
}
