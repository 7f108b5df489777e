import { isRight } from 'fp-ts/lib/Either.js';
import { expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import type { Projection, ProjectionRule } from '../../../src/circuits/projection.js';
import { run } from '../../../src/circuits/run.js';
import { checkedCircuit, validateCircuit } from '../../../src/circuits/validateCircuit.js';
import { at } from '../../../src/core/at.js';
import { start } from '../../circuits/started.js';

// What a circuit says changes what comes of it, or is refused: whatever has no effect would be a wrong answer in silence.

type Path = readonly string[];

/** The places of all numbers, names and truth values. */
const leavesOf = (tree: unknown, path: Path = []): readonly Path[] =>
  typeof tree === 'object' && tree !== null
    ? Object.entries(tree).flatMap(([name, value]) => leavesOf(value, [...path, name]))
    : [path];

const partOf = (tree: unknown, name: string): unknown => Object(tree)[name];

/** The same with another value at a place. */
function changed(tree: unknown, [name = '', ...rest]: Path, value: unknown): unknown {
  const own = rest.length === 0 ? value : changed(partOf(tree, name), rest, value);
  if (Array.isArray(tree)) return tree.map((entry, index) => (String(index) === name ? own : entry));
  return { ...Object(tree), [name]: own };
}

const names = [
  ...['neither', 'both', 'preFirst', 'postFirst', 'none', 'pre', 'potentiation', 'once'],
  ...['nearest', 'soft', 'exact', 'factor', 'amount', 'ampa', 'gaba', 'lateral', 'condLif', 'histogram', 'in', 'e', 'ee'],
];

/** Other values of a part. */
function others(value: unknown): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'string') return names.filter((name) => name !== value);
  if (typeof value !== 'number') return [];
  return [1.5 * value + 0.5, value / 2, value + 1, value - 0.25, -value, 0].filter((other) => other !== value);
}

const steps = 60;
const rewards = Float32Array.from({ length: steps }, (_, t) => (t % 7 === 3 ? 1 : 0));

/** All that a run gives, to be compared. */
const told = (circuit: Circuit): string =>
  JSON.stringify(run(circuit, start(circuit), steps, { reward: rewards }), (_, value) =>
    value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint16Array ? [...value] : value,
  );

/** Whether something changes what comes, or is refused by what runs it. */
function matters(circuit: Circuit, wanted: string): boolean {
  try {
    return told(circuit) !== wanted;
  } catch {
    return true;
  }
}

/** Parts that count at certain values of others alone; tests of rules and of wirings turn them. */
const seldom = ['mu', 'wMin', 'wMax', 'hardBound', 'self'];

/** The parts of a circuit, of those that are asked for, of which no value that is accepted changes anything. */
function silentParts(circuit: Circuit, isAsked: (place: string) => boolean): readonly string[] {
  const checked = checkedCircuit(circuit, 'test');
  const isNamed = checked.projections['ine']?.rule?.params?.['coincidence'] !== undefined;
  const whole = (isNamed ? changed(checked, [...params, 'coincidence'], undefined) : checked) as Circuit;
  const wanted = told(whole);
  const isSilent = (path: Path): boolean => {
    let accepted = false;
    for (const other of others(path.reduce(partOf, whole))) {
      const next = changed(whole, path, other) as Circuit;
      if (!isRight(validateCircuit(next))) continue;
      accepted = true;
      if (matters(next, wanted)) return false;
    }
    return accepted;
  };
  const asked = leavesOf(whole).filter((path) => !seldom.includes(at(path, -1)) && isAsked(path.join('.')));
  return asked.filter(isSilent).map((path) => path.join('.'));
}

const params = ['projections', 'ine', 'rule', 'params'];

/** Some that fire, and those that they make fire. */
const network = (neuron: object, drive: number, more: Omit<Projection, 'from' | 'to' | 'weight'>): Circuit => ({
  dt: 0.5,
  populations: {
    in: { size: 5, source: 'poisson', rate: 300 },
    e: { size: 6, neuron: 'integrateAndFire', ...neuron, noise: { uniform: [-0.1, 0.1] } },
  },
  projections: { ine: { from: 'in', to: 'e', delay: 1, weight: { uniform: [0, drive] }, ...more } },
  records: {
    spikes: ['in', 'e'],
    rates: { of: ['e'], every: 5 },
    weights: { of: ['ine'], every: 5 },
    voltage: { of: 'e', neurons: [0, 3], every: 1 },
  },
});

it('every part of populations, wiring and records matters', () => {
  const circuit = network({ params: { current: 0.1 } }, 0.3, { wiring: { type: 'sparse', probability: 0.5 } });
  expect(silentParts(circuit, (place) => place !== 'coincidence')).toEqual([]); // nothing learns
});

const ampa = { receptor: 'ampa' };
const kinds: readonly (readonly [string, object, number, object])[] = [
  ['lif', { current: 120 }, 60, {}],
  ['condLif', { current: 120 }, 4, ampa],
  ['adaptiveLif', { current: 120 }, 4, ampa],
  ['adEx', { current: 700 }, 30, ampa],
  ['izhikevich', { current: 6 }, 4, {}],
  ['integrateAndFire', { current: 0.1, tauRefractory: 1 }, 0.3, {}],
  ['spikeResponse', {}, 300, {}],
];

it.each(kinds)('every parameter of neurons matters: %s', (neuron, params, drive, more) => {
  const isOwn = (place: string) => place.startsWith('populations.e.params') && !place.includes('gaba'); // on which no spike acts
  expect(silentParts(network({ neuron, params }, drive, more), isOwn)).toEqual([]);
});

const bounds = { wMin: 0, wMax: 1, hardBound: true };
const factors = { etaPost: 0.1, etaPre: -0.1, ...bounds };
const reward = { tau: 4, baseline: 0.1 };
const rules: readonly ProjectionRule[] = [
  { rule: 'pairStdp', params: { etaPlus: 0.1, etaMinus: 0.1 } },
  { rule: 'twoFactorStdp', params: factors },
  { rule: 'symmetricStdp', params: bounds },
  { rule: 'vogelsStdp', params: { eta: 0.1 } },
  { rule: 'tripletStdp', params: { etaPostTriplet: 0.1, ...bounds } },
  { rule: 'clopathStdp', params: { etaPlus: 0.1, thetaPlus: 0.6, thetaMinus: 0.2, uRest: 0, uSpike: 50, ...bounds } },
  { rule: 'mstdp', params: factors, reward },
  { rule: 'mstdpet', params: factors, every: 1, reward },
  { rule: 'eligibilityStdp', params: bounds, every: 2, reward },
];
const upkeep = {
  wiring: { type: 'sparse', probability: 0.5 },
  shortTerm: { utilization: 0.3, tauRecovery: 30, tauFacilitation: 50 },
  scaling: { total: 3, every: 7, by: 'amount' },
  heterosynaptic: { fraction: 0.05 },
  rewiring: { every: 5, below: 0.4, weight: 0.5 },
} as const;
const learning = [...rules.map((rule) => [rule.rule, { rule }] as const), ['what else there is', upkeep] as const];

it.each(learning)('every part of learning matters: %s', (_, more) => {
  const isOwn = (place: string) => Object.keys(more).some((part) => place.startsWith(`projections.ine.${part}.`));
  const isAsked = (place: string) =>
    isOwn(place) || (place === 'coincidence' && 'rule' in more && more.rule.rule !== 'clopathStdp');
  expect(silentParts(network({ params: { current: 0.1 } }, 1, more), isAsked)).toEqual([]);
});
