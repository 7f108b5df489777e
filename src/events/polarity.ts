import { oneOf } from '../core/params/validation.js';

/**
 * Which events count, and how: `'both'` in a channel each, OFF in 0 and ON in 1; `'merged'` in one channel whatever their polarity;
 * `'on'` or `'off'` alone, in one channel.
 */
export type PolarityChoice = 'both' | 'merged' | 'on' | 'off';

export const aPolarity = oneOf<PolarityChoice>('both', 'merged', 'on', 'off');

export const channelsOf = (choice: PolarityChoice): number => (choice === 'both' ? 2 : 1);

/** The channel of an event; −1: it doesn't count. */
export function channelOf(choice: PolarityChoice, p: number): number {
  if (choice === 'both') return p;
  return choice === 'merged' || p === (choice === 'on' ? 1 : 0) ? 0 : -1;
}
