import { ensure } from '../errors.js';

/**
 * Throws when a record has other fields than these, so that a typo is never passed over. Fields that are `undefined` count as
 * left out.
 *
 * @param argument  what messages call the record.
 */
export function ensureFields(record: object, known: readonly string[], where: string, argument: string): void {
  for (const [field, value] of Object.entries(record)) {
    const isKnown = known.includes(field) || value === undefined;
    const problem = () => `is not part of the ${argument}, which holds ${known.join(', ')}`;
    ensure(isKnown, where, `${argument}.${field}`, problem);
  }
}
