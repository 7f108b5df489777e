import { aFunction, aRecord, aText, ensureIs } from '../core/params/validation.js';

/** Whether a definition has what it must have: rules of one's own may come without types. */
export function checkDefinition(definition: unknown): void {
  const where = 'makeRule';
  ensureIs(aRecord, definition, where, 'definition');
  const { name, params, init, delta } = definition as { readonly [part: string]: unknown };
  ensureIs(aText, name, where, 'definition.name');
  ensureIs(aRecord, params, where, 'definition.params');
  ensureIs(aFunction, init, where, 'definition.init');
  ensureIs(aFunction, delta, where, 'definition.delta');
}
