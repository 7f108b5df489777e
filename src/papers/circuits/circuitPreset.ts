import type { Circuit } from '../../circuits/circuit.js';
import type { Environment } from '../../circuits/interact.js';

/**
 * A published circuit: its numbers, where they come from, and what to expect of it.
 *
 * @property seconds      of its own time that show it.
 * @property circuit      with what is worth a picture recorded.
 * @property environment  what gives it input and rewards, where it needs any.
 */
export interface CircuitPreset {
  readonly summary: string;
  readonly source: string;
  readonly expected: string;
  readonly seconds: number;
  readonly circuit: (seed: number) => Circuit;
  readonly environment?: (seed: number) => Environment<unknown>;
}
