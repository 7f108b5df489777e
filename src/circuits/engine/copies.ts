import type { Arrays } from '../circuitState.js';
import type { Variables } from './placeNeurons.js';

/** Variables as they are now, on their own. */
export const copies = (variables: Variables): Arrays =>
  Object.fromEntries(Object.entries(variables).map(([name, held]) => [name, held.view().slice()]));
