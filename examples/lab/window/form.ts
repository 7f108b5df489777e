import type { Params } from './protocol.js';

/** The pair of spikes that a window is about. */
export interface Pair {
  readonly w0: number;
  readonly reward: number;
}

/** Δw of one pair as a formula of Δt (ms); without `change` there is none, and the text says why. */
export interface ClosedForm {
  readonly text: string;
  readonly change?: (difference: number) => number;
}

/** A rule's closed form, from its complete parameters. */
export type Form = (params: Params, pair: Pair) => ClosedForm;

/** There is none, and why. */
export const none = (text: string): ClosedForm => ({ text: `No closed form: ${text}` });
/** A parameter that is a number. */
export const number = (params: Params, name: string): number => Number(params[name]);

/** Rules that act as long as the gate is open. */
export const again = none('with this gate the pair acts again in every step.');

/** Without a reward. */
export const unmodulated = (): number => 1;
/** Times the reward. */
export const rewarded = (params: Params, { reward }: Pair): number => reward * number(params, 'scale');
