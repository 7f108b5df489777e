import type { Circuit, Series } from 'tfjs-stdp/circuits';

/** What the page asks of the worker. */
export type CircuitCommand =
  | { readonly type: 'begin' | 'change'; readonly circuit: Circuit }
  | { readonly type: 'run'; readonly on: boolean; readonly speed: number };

/** Spikes of one population, of the neurons that are drawn. */
export interface DrawnSpikes {
  /** ms. */
  readonly time: Float32Array;
  readonly neuron: Uint16Array;
}

/**
 * What happened since the last frame.
 *
 * @property time   of the network, ms.
 * @property speed  of late: seconds of the network a second; undefined while it stands still.
 * @property anew   whether the network has begun anew.
 */
export interface Frame {
  readonly time: number;
  readonly dt: number;
  readonly speed: number | undefined;
  readonly anew: boolean;
  readonly spikes: { readonly [population: string]: DrawnSpikes };
  readonly rates: { readonly [population: string]: Series };
  readonly weights: { readonly [projection: string]: Series };
}

/** What the worker tells: a circuit was taken, or refused, and then the one before goes on unless it has stopped. */
export type CircuitReply =
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'taken' }
  | { readonly type: 'refused'; readonly message: string; readonly stopped: boolean };

/** Neurons of each population whose spikes are drawn. */
export const mostDrawn = 200;
