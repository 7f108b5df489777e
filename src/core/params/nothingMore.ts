import { refuse } from '../errors.js';
import { show } from '../show.js';

/**
 * Throws where a call brings more than its function takes: JavaScript would drop it, and whoever wrote it meant something.
 *
 * @param form  how the function is called.
 */
export function nothingMore(more: readonly unknown[], where: string, form: string): void {
  if (more.length > 0) throw refuse(where, 'a further argument', `is not taken, got ${show(more[0])}: ${form}`).left;
}
