import type { Circuit } from '../../circuits/circuit.js';
import type { Environment } from '../../circuits/interact.js';

/** A published circuit: its numbers, where they come from, and what to expect of it. */
export interface CircuitPreset {
  readonly summary: string;
  readonly source: string;
  readonly expected: string;
  /** Seconds of its own time that show it. */
  readonly seconds: number;
  /** The circuit, with what is worth a picture recorded. */
  readonly circuit: (seed: number) => Circuit;
  /** What gives it input and rewards, where it needs any. */
  readonly environment?: (seed: number) => Environment<unknown>;
}
