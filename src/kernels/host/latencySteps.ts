/**
 * Steps of spikes from how early they come, a byte each: 255 in the first step, 1 in the last, 0 never.
 *
 * @returns `⌊(255 − v) · bins / 255⌋`, which is `bins` where there is none.
 */
export function latencySteps(values: Uint8Array, bins: number): Uint8Array {
  const steps = Uint8Array.from({ length: 256 }, (_, value) => Math.floor(((255 - value) * bins) / 255));
  return values.map((value) => Number(steps[value]));
}
