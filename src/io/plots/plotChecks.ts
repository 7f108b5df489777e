import { isLeft, left, right } from 'fp-ts/lib/Either.js';
import type { Validated } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import {
  aText,
  type Check,
  type Checks,
  check,
  flag,
  integerFrom,
  optional,
  scalar,
  validateParams,
} from '../../core/params/validation.js';
import { mostClasses } from '../../data/labels.js';
import type { Confusion, LineChart, RasterSpike, Series } from './plotted.js';

/** A list of what a check accepts. */
export const listOf = (expected: string, test: Check): Check =>
  check(`a list of ${expected}`, (value) => isListOf(value, (entry) => !isLeft(test(entry))));

/** A record of what the checks accept, and of nothing else; fields in `optional` checks may be left out. */
export const recordOf =
  <P extends object>(checks: Checks<P>): Check =>
  (value) => {
    const fields = validateRecord('a record', value as P, checks, 'it');
    return isLeft(fields) ? left(`a record; in it ${fields.left.argument} is not as it must be`) : right(value);
  };

/** A record whose fields have no defaults. */
export const validateRecord = <P extends object>(where: string, given: P, checks: Checks<P>, argument: string): Validated<P> =>
  validateParams(where, {} as P, given ?? ({} as P), checks, argument);

/** A number that a picture has a place for, or NaN for none. */
const placed = (value: unknown): boolean =>
  typeof value === 'number' && (Number.isNaN(value) || Number.isFinite(Math.fround(value)));

const aPoint = check('[x, y]', (value) => isListOf(value, placed) && value.length === 2);

/** Numbers in a list or typed array, NaN and infinite ones too. */
export const someNumbers = check('a list of numbers', (value) => {
  if (value instanceof Float32Array || value instanceof Float64Array) return true;
  return isListOf(value, (entry) => typeof entry === 'number');
});

/** Points of a chart, and spikes of a raster, at most: more take minutes to draw, and nobody can tell them apart. */
const mostPoints = 2 ** 18;
export const mostSpikes = 2 ** 17;

/** A list of what a check accepts, of which there are no more than can be drawn; else its entries aren't even looked at. */
const atMost =
  (most: number, what: string, count: (list: readonly unknown[]) => number, test: Check): Check =>
  (value) =>
    Array.isArray(value) && count(value) > most ? left(`at most ${most} ${what}: take every n-th of them`) : test(value);

const pointsIn = (series: readonly unknown[]): number =>
  series.reduce<number>((sum, entry) => sum + Math.max(1, Number(Object(Object(entry).points).length) || 0), 0);

export const chartChecks: Checks<LineChart> = {
  title: aText,
  xLabel: aText,
  yLabel: aText,
  series: atMost(
    mostPoints,
    'points in all series',
    pointsIn,
    listOf('series with a name and points [x, y]', recordOf<Series>({ name: aText, points: listOf('points', aPoint) })),
  ),
  logarithmic: optional(flag),
};

export const spikes: Check = atMost(
  mostSpikes,
  'spikes',
  ({ length }) => length,
  listOf('spikes with a time, a neuron and a channel', recordOf<RasterSpike>({ time: scalar, neuron: scalar, channel: aText })),
);

/** The counts of a {@link Confusion}: a row for each class, of a count for each class. */
export const confusionChecks = (classes: unknown): Checks<Confusion> => {
  const size = Array.isArray(classes) ? classes.length : 0;
  const aRow = check('a row', (row) => isListOf(row, (count) => !isLeft(integerFrom(0)(count))) && row.length === size);
  return {
    classes: (given) => (size > mostClasses ? left(`a list of at most ${mostClasses} names`) : listOf('names', aText)(given)),
    counts: check(
      `${size} rows of ${size} counts`,
      (rows) => Array.isArray(rows) && rows.length === size && !isLeft(listOf('rows', aRow)(rows)),
    ),
  };
};
