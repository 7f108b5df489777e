import fc from 'fast-check';
import { junk } from './junk.js';
import { allValues, listForms, type Recipe, tensorForms } from './recipes.js';

/** One slip of a hand: where in the arguments, counted through all their parts, and what happens there. */
export interface Slip {
  readonly at: number;
  readonly change:
    | { readonly slip: 'replace'; readonly by: Recipe }
    | { readonly slip: 'resize'; readonly axis: number; readonly size: number }
    | { readonly slip: 'addAxis' | 'dropAxis' | 'dropField' | 'misspell' | 'asList' }
    | { readonly slip: 'refill'; readonly values: (typeof allValues)[number] }
    | { readonly slip: 'reform'; readonly form: (typeof tensorForms)[number] }
    | { readonly slip: 'relist'; readonly form: (typeof listForms)[number] }
    | { readonly slip: 'addField'; readonly name: string; readonly by: Recipe };
}

const change: fc.Arbitrary<Slip['change']> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ slip: fc.constant('replace' as const), by: junk }) },
  {
    weight: 2,
    arbitrary: fc.record({ slip: fc.constant('resize' as const), axis: fc.nat(4), size: fc.constantFrom(0, 1, 2, 3, 4, 5, 7) }),
  },
  { weight: 2, arbitrary: fc.record({ slip: fc.constantFrom('addAxis', 'dropAxis', 'dropField', 'misspell', 'asList') }) },
  { weight: 1, arbitrary: fc.record({ slip: fc.constant('refill' as const), values: fc.constantFrom(...allValues) }) },
  { weight: 2, arbitrary: fc.record({ slip: fc.constant('reform' as const), form: fc.constantFrom(...tensorForms) }) },
  { weight: 1, arbitrary: fc.record({ slip: fc.constant('relist' as const), form: fc.constantFrom(...listForms) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      slip: fc.constant('addField' as const),
      name: fc.constantFrom('stray', 'dtt', 'wmax', 'reward', 'rewards', 'delay', 'voltage', 'donte', 'toString'),
      by: junk,
    }),
  },
);

/** None, one or two slips. */
export const slips: fc.Arbitrary<readonly Slip[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 5, arbitrary: fc.array(fc.record({ at: fc.nat(200), change }), { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.array(fc.record({ at: fc.nat(200), change }), { minLength: 2, maxLength: 2 }) },
);

/** How many places there are for a slip. */
function placesIn(recipe: Recipe): number {
  if (recipe.make === 'record') return Object.values(recipe.fields).reduce((sum, field) => sum + placesIn(field), 1);
  if (recipe.make === 'items') return recipe.items.reduce((sum, item) => sum + placesIn(item), 1);
  return 1;
}

/** The arguments after a slip. The list of arguments itself is no place, so `at` skips it. */
export function withSlip(args: Recipe, { at, change }: Slip): Recipe {
  const places = placesIn(args) - 1;
  return places === 0 ? args : changedAt(args, 1 + (at % places), change);
}

function changedAt(recipe: Recipe, at: number, change: Slip['change']): Recipe {
  if (at === 0) return slipped(recipe, change);
  let left = at - 1;
  const into = (part: Recipe): Recipe => {
    const places = placesIn(part);
    const here = left >= 0 && left < places ? changedAt(part, left, change) : part;
    left -= places;
    return here;
  };
  if (recipe.make === 'items') return { ...recipe, items: recipe.items.map(into) };
  if (recipe.make !== 'record') return recipe;
  return { ...recipe, fields: Object.fromEntries(Object.entries(recipe.fields).map(([name, field]) => [name, into(field)])) };
}

function slipped(recipe: Recipe, change: Slip['change']): Recipe {
  const shaped = recipe.make === 'tensor' || recipe.make === 'list';
  switch (change.slip) {
    case 'replace':
      return change.by;
    case 'resize':
      if (!shaped || recipe.shape.length === 0) return recipe;
      return {
        ...recipe,
        shape: recipe.shape.map((size, axis) => (axis === change.axis % recipe.shape.length ? change.size : size)),
      };
    case 'addAxis':
      return shaped ? { ...recipe, shape: [1, ...recipe.shape] } : recipe;
    case 'dropAxis':
      return shaped ? { ...recipe, shape: recipe.shape.slice(1) } : recipe;
    case 'asList':
      return recipe.make === 'tensor' ? { ...recipe, make: 'list', form: 'nested' } : recipe;
    case 'refill':
      return shaped ? { ...recipe, values: change.values } : recipe;
    case 'reform':
      return recipe.make === 'tensor' ? { ...recipe, form: change.form } : recipe;
    case 'relist':
      return shaped ? { make: 'list', shape: recipe.shape, values: recipe.values, seed: recipe.seed, form: change.form } : recipe;
    case 'dropField':
      return recipe.make === 'record'
        ? { ...recipe, fields: Object.fromEntries(Object.entries(recipe.fields).slice(1)) }
        : recipe;
    case 'misspell': {
      if (recipe.make !== 'record') return recipe;
      const [first, ...rest] = Object.entries(recipe.fields);
      return first === undefined ? recipe : { ...recipe, fields: Object.fromEntries([[`${first[0]}x`, first[1]], ...rest]) };
    }
    case 'addField':
      return recipe.make === 'record' ? { ...recipe, fields: { ...recipe.fields, [change.name]: change.by } } : recipe;
  }
}
