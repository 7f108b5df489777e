import type { Circuit, NeuronPopulation, Population } from 'tfjs-stdp/circuits';
import { withRule } from './simulation.js';

/** A number of a circuit that a slider changes. */
export interface Slider {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly help: string;
  readonly value: number;
  readonly max: number;
  readonly step: number;
  readonly changed: (value: number) => Circuit;
}

/** Rates of sources, steady currents of neurons, and rates that rules aim at. */
export const slidersOf = (circuit: Circuit): readonly Slider[] => [
  ...Object.entries(circuit.populations).flatMap(([name, population]) => populationSliders(circuit, name, population)),
  ...Object.entries(circuit.projections ?? {}).flatMap(([name, { rule }]) => {
    const target = rule?.params?.['targetRate'];
    if (rule === undefined || typeof target !== 'number') return [];
    const help = 'The rate at which the postsynaptic neurons settle.';
    const changed = (value: number) => withRule(circuit, name, { ...rule, params: { ...rule.params, targetRate: value } });
    return [{ id: `target-${name}`, name: `${name} aims at`, unit: 'Hz', help, value: target, max: 30, step: 0.5, changed }];
  }),
];

function populationSliders(circuit: Circuit, name: string, population: Population): readonly Slider[] {
  const withPopulation = (next: Population): Circuit => ({
    ...circuit,
    populations: { ...circuit.populations, [name]: next },
  });
  if ('source' in population) {
    if (population.source !== 'poisson' || typeof population.rate !== 'number') return [];
    const changed = (rate: number) => withPopulation({ ...population, rate });
    const help = 'How often each of these neurons fires, at random.';
    return [{ id: `rate-${name}`, name: `${name} fires`, unit: 'Hz', help, value: population.rate, max: 100, step: 1, changed }];
  }
  const current = population.params?.['current'];
  if (typeof current !== 'number') return [];
  const changed = (value: number) => withPopulation(withCurrent(population, value));
  const help = 'A steady current into each of these neurons.';
  return [{ id: `current-${name}`, name: `${name} gets`, unit: 'pA', help, value: current, max: 600, step: 10, changed }];
}

const withCurrent = (population: NeuronPopulation, current: number): NeuronPopulation => ({
  ...population,
  params: { ...population.params, current },
});

/** Rules that a projection can be given here: those that need nothing but spikes. */
export const ruleNames = ['pairStdp', 'symmetricStdp', 'tripletStdp', 'twoFactorStdp', 'vogelsStdp'] as const;

/** A circuit with another rule on a projection, within the bounds of the one before; its own one again has the parameters that it had. */
export function withNamedRule(circuit: Circuit, original: Circuit, projection: string, rule: string): Circuit {
  if (rule === '') return withRule(circuit, projection, undefined);
  const own = original.projections?.[projection]?.rule;
  if (own?.rule === rule) return withRule(circuit, projection, own);
  const { wMin, wMax } = (circuit.projections?.[projection]?.rule ?? own)?.params ?? {};
  const bounds = { ...(wMin !== undefined && { wMin }), ...(wMax !== undefined && { wMax }) };
  return withRule(circuit, projection, { rule, params: bounds });
}

/** The circuit that a text is, as far as the page has to know, or why it is none. What else is wrong with it, the worker tells. */
export function circuitOf(text: string): Circuit | string {
  try {
    const read: unknown = JSON.parse(text);
    return isCircuit(read) ? read : 'This is no circuit: it needs a dt, and populations by name, each with a size.';
  } catch (reason) {
    return `This is no JSON: ${reason instanceof Error ? reason.message : String(reason)}`;
  }
}

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isCircuit(value: unknown): value is Circuit {
  if (!isRecord(value) || typeof value['dt'] !== 'number') return false;
  const { populations, projections = {} } = value;
  if (!isRecord(populations) || !isRecord(projections)) return false;
  const isPopulation = (one: unknown): boolean => isRecord(one) && Number.isSafeInteger(one['size']) && Number(one['size']) > 0;
  const isProjection = (one: unknown): boolean => isRecord(one) && (one['rule'] === undefined || isRecord(one['rule']));
  return Object.values(populations).every(isPopulation) && Object.values(projections).every(isProjection);
}
