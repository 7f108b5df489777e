import { tryCatch } from 'fp-ts/lib/Either.js';
import { StdpError, type Validated } from '../core/errors.js';
import { memoize } from '../core/memoize.js';
import { oneOf, positiveScalar } from '../core/params/validation.js';
import { aSeed } from '../core/random.js';
import { messageOf } from '../core/show.js';
import { ensureAt, fieldsAt, type Place, recordAt, valueAt, within } from './checked/place.js';
import { populationAt } from './checked/populations.js';
import { type CheckedProjection, type Populations, projectionAt } from './checked/projections.js';
import { recordsAt } from './checked/records.js';
import type { Circuit, RecordSpec } from './circuit.js';

/** A circuit with all that it may leave out. */
export interface CheckedCircuit extends Required<Circuit> {
  readonly populations: Populations;
  readonly projections: { readonly [name: string]: CheckedProjection };
  readonly records: RecordSpec;
}

/**
 * The complete, checked circuit, or the first mistake in it: in one line, with the place where it stands. Never throws.
 *
 * What has a default has its value then; parameters of rules have the circuit's `dt` and, unless they name one, its `coincidence`.
 *
 * @example
 * const delayed = { from: 'e', to: 'e', weight: 1, delay: 0.15 };
 * const circuit = { dt: 0.1, populations: { e: { size: 8, neuron: 'lif' } }, projections: { delayed } };
 * const checked = validateCircuit(circuit);
 * checked._tag === 'Left' ? checked.left.message : 'good';   // => 'circuit: projections.delayed.delay 0.15 ms is no whole number of steps of 0.1 ms'
 */
export const validateCircuit = (circuit: Circuit): Validated<CheckedCircuit> => tryCatch(() => complete(circuit), asRefusal);

const asRefusal = (reason: unknown): StdpError =>
  reason instanceof StdpError ? reason : new StdpError('circuit', 'it', `can't be read: ${messageOf(reason)}`, { cause: reason });

/**
 * {@link validateCircuit} that throws in the name of whoever was given the circuit.
 *
 * @throws {StdpError} `run: circuit.projections.ie.delay …`
 */
export function checkedCircuit(circuit: Circuit, where: string): CheckedCircuit {
  try {
    return complete(circuit);
  } catch (cause) {
    const { argument, problem } = asRefusal(cause);
    throw new StdpError(where, argument === 'it' ? 'circuit' : `circuit.${argument}`, problem, { cause });
  }
}

/** Whoever steps one by one has it checked once. */
const complete = memoize((circuit?: Circuit): CheckedCircuit => circuitAt(circuit, { where: 'circuit', path: '' }), 1000);

function circuitAt(given: unknown, place: Place): CheckedCircuit {
  const fields = fieldsAt(given, ['dt', 'seed', 'coincidence', 'populations', 'projections', 'records'], place);
  const dt = valueAt(positiveScalar, fields['dt'], within(place, 'dt'));
  const seed = fields['seed'] === undefined ? 0 : valueAt(aSeed, fields['seed'], within(place, 'seed'));
  const coincidences = oneOf('neither', 'preFirst', 'postFirst', 'both');
  const coincidence = valueAt(coincidences, fields['coincidence'] ?? 'neither', within(place, 'coincidence'));
  const populations = each(fields['populations'], within(place, 'populations'), (one, own) => populationAt(one, dt, own));
  ensureAt(Object.keys(populations).length > 0, within(place, 'populations'), () => 'are none: a circuit has at least one');
  const projections = each(fields['projections'] ?? {}, within(place, 'projections'), (one, own) =>
    projectionAt(one, populations, { dt, coincidence }, own),
  );
  const records = recordsAt(fields['records'] ?? {}, populations, Object.keys(projections), dt, within(place, 'records'));
  return { dt, seed, coincidence, populations, projections, records };
}

/** What is there by name, each checked. */
function each<T>(given: unknown, place: Place, check: (one: unknown, place: Place) => T): { readonly [name: string]: T } {
  const all = recordAt(given, place, 'a record by names');
  ensureAt(!('' in all), place, () => 'holds one without a name');
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, check(one, within(place, name))]));
}
