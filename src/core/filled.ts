/**
 * The defaults with what is given in their place. A field that is given as `undefined` was left out: a spread would let it overwrite
 * the default.
 */
export function filled<P extends object>(defaults: P, given: Partial<P> = {}): P {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(present) };
}
