/** Some thirty years, in ms: far enough for what grows slowly. */
const later = 1_000_000_000_123;

/**
 * Computes at another time and with other dice: `Date`, `performance.now` and `Math.random` give something else than they would
 * give now. What depends on them gives something else too.
 */
export function atAnotherTime<T>(compute: () => T): T {
  const { Date: Present } = globalThis;
  const { random } = Math;
  const now = performance.now.bind(performance);
  class Later extends Present {
    constructor(...given: readonly [] | readonly [number]) {
      super(...((given.length === 0 ? [Present.now() + later] : given) as [number]));
    }
    static override now = (): number => Present.now() + later;
  }
  const own = Object.getOwnPropertyDescriptor(performance, 'now');
  globalThis.Date = Later as DateConstructor;
  Math.random = () => (random() + 0.37) % 1;
  Object.defineProperty(performance, 'now', { value: () => now() + later, configurable: true, writable: true });
  try {
    return compute();
  } finally {
    globalThis.Date = Present;
    Math.random = random;
    if (own === undefined) Reflect.deleteProperty(performance, 'now');
    else Object.defineProperty(performance, 'now', own);
  }
}
