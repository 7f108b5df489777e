import { byteAt } from '../../core/at.js';

// Channels of several beside each other: `[places, shares, channels]`, each with as many.

/** What one of `shares` has of values with so many channels in all; of one, the values themselves. */
export function shareOfChannels(values: Uint8Array, channels: number, share: number, shares: number): Uint8Array {
  if (shares === 1) return values;
  const own = channels / shares;
  const taken = new Uint8Array(values.length / shares);
  for (let to = 0, from = share * own; to < taken.length; to += own, from += channels)
    for (let channel = 0; channel < own; channel++) taken[to + channel] = byteAt(values, from + channel);
  return taken;
}

/** Puts values with so many channels where a share has its own. */
export function putChannels(values: Uint8Array, channels: number, into: Uint8Array, share: number, shares: number): void {
  if (shares === 1) into.set(values);
  else
    for (let from = 0, to = share * channels; from < values.length; from += channels, to += shares * channels)
      for (let channel = 0; channel < channels; channel++) into[to + channel] = byteAt(values, from + channel);
}
