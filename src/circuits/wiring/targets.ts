import type { ProjectionWiring } from '../circuitState.js';

/** A list of neurons that grows, in two bytes each where those are enough. */
export interface Targets {
  add(target: number): void;
  count(): number;
  /** Those of so many neurons. */
  take(): ProjectionWiring['target'];
}

/** @param neurons  of the population. @param expected  how many are likely to come. */
export function targetsAmong(neurons: number, expected: number): Targets {
  const make = (length: number) => (neurons <= 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length));
  let held = make(Math.ceil(expected + 6 * Math.sqrt(expected)) + 16);
  let count = 0;
  return {
    add: (target) => {
      if (count === held.length) {
        const larger = make(2 * count);
        larger.set(held);
        held = larger;
      }
      held[count++] = target;
    },
    count: () => count,
    take: () => held.slice(0, count),
  };
}
