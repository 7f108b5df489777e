import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import type { ProjectionWiring } from '../circuitState.js';
import type { Ends } from './wirings.js';

/** Rows of the synapses between two populations. @throws {StdpError} when they are none. */
export function checkedSynapses(
  given: ProjectionWiring | undefined,
  { pre, post }: Ends,
  { where, argument }: { readonly where: string; readonly argument: string },
): ProjectionWiring {
  ensure(isRecord(given), where, argument, () => `must be { start, target } as wire(circuit) gave it, got ${show(given)}`);
  const { start, target } = given as ProjectionWiring;
  ensure(start instanceof Uint32Array, where, `${argument}.start`, () => `must be a Uint32Array, got ${show(start)}`);
  ensure(
    start.length === pre + 1,
    where,
    `${argument}.start`,
    () => `has ${start.length} entries, ${pre} neurons need ${pre + 1}`,
  );
  const isKind = target instanceof (post <= 2 ** 16 ? Uint16Array : Uint32Array);
  ensure(
    isKind,
    where,
    `${argument}.target`,
    () => `must be a Uint16Array (of more than 65 536 neurons a Uint32Array), got ${show(target)}`,
  );
  const isOrdered =
    at(start, 0) === 0 && at(start, -1) === target.length && start.every((from, row) => row === 0 || from >= at(start, row - 1));
  ensure(isOrdered, where, `${argument}.start`, () => `must ascend from 0 to ${target.length}`);
  ensure(
    target.every((neuron) => neuron < post),
    where,
    `${argument}.target`,
    () => `must be neurons below ${post}`,
  );
  return { start, target };
}
