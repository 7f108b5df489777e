import type { PartialNetworkSpec } from '../networks/networkSpec.js';

/**
 * A published or recommended network: its numbers, where they come from, and what to expect of it.
 *
 * @property summary   one line for a menu.
 * @property source    paper or recipe, and how this differs from it.
 * @property expected  test accuracy that others published on MNIST, with the reference.
 * @property network   the composition.
 */
export interface Preset {
  readonly summary: string;
  readonly source: string;
  readonly expected: string;
  readonly network: PartialNetworkSpec;
}
