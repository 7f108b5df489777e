import { orThrow } from '../../core/errors.js';
import { nothingMore } from '../../core/params/nothingMore.js';
import { param, type Schema } from '../../core/params/schema.js';
import { integerFrom } from '../../core/params/validation.js';

/** Decides all that is drawn. Default 1. */
export const seedOption = param(1, integerFrom(0));

/** Complete, checked options of a preset, which takes nothing else. */
export function optionsOf<Options extends object>(
  { name, validate }: Schema<Options>,
  given: Partial<Options> | undefined,
  more: readonly unknown[],
): Options {
  nothingMore(more, name, `${name}(options)`);
  return orThrow(validate(given, name));
}
