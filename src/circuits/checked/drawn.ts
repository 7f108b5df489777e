import { isListOf } from '../../core/lists.js';
import { nonNegativeScalar, scalar } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import type { Drawn } from '../population.js';
import { ensureAt, fieldsAt, type Place, valueAt, within } from './place.js';

/** Values that are given or drawn. */
export function drawnAt(given: unknown, place: Place): Drawn {
  ensureAt(given !== undefined, place, () => `is missing: ${forms}`);
  if (typeof given === 'number') return valueAt(scalar, given, place);
  ensureAt(isRecord(given), place, () => `must be ${forms}, got ${show(given)}`);
  const { uniform, normal } = fieldsAt(given, ['uniform', 'normal'], place);
  ensureAt((uniform === undefined) !== (normal === undefined), place, () => `must be ${forms}, got ${show(given)}`);
  return normal === undefined ? uniformAt(uniform, within(place, 'uniform')) : normalAt(normal, within(place, 'normal'));
}

const forms = 'a number, { uniform: [low, high] } or { normal: { mean, std } }';

function uniformAt(given: unknown, place: Place): Drawn {
  const isPair = isListOf(given, (entry) => typeof entry === 'number') && given.length === 2;
  ensureAt(isPair, place, () => `must be [low, high], got ${show(given)}`);
  const [low, high] = [valueAt(scalar, given[0], within(place, 0)), valueAt(scalar, given[1], within(place, 1))];
  ensureAt(low <= high, place, () => `must be [low, high], got low ${low} above high ${high}`);
  return { uniform: [low, high] };
}

function normalAt(given: unknown, place: Place): Drawn {
  const { mean, std } = fieldsAt(given, ['mean', 'std'], place);
  return {
    normal: { mean: valueAt(scalar, mean, within(place, 'mean')), std: valueAt(nonNegativeScalar, std, within(place, 'std')) },
  };
}

/** The values that are sure to lie among those that are drawn: of a normal distribution its mean. */
export function extremesOf(drawn: Drawn): readonly number[] {
  if (typeof drawn === 'number') return [drawn];
  return 'uniform' in drawn ? drawn.uniform : [drawn.normal.mean];
}
