import { isLeft } from 'fp-ts/lib/Either.js';
import { expect, it } from 'vitest';
import type { Circuit } from '../../../src/circuits/circuit.js';
import { checkedCircuit, validateCircuit } from '../../../src/circuits/validateCircuit.js';
import { orThrow } from '../../../src/core/errors.js';

/** Vogels' network, small, and a source. */
const whole = {
  dt: 0.1,
  populations: {
    e: { size: 8, neuron: 'condLif', params: { current: 200 } },
    i: { size: 2, neuron: 'condLif' },
    in: { size: 3, source: 'poisson', rate: 20 },
  },
  projections: {
    ie: {
      from: 'i',
      to: 'e',
      receptor: 'gaba',
      delay: 0.1,
      weight: 0,
      wiring: { type: 'sparse', probability: 0.02 },
      rule: { rule: 'vogelsStdp', params: { targetRate: 5 } },
    },
    in: { from: 'in', to: 'e', receptor: 'ampa', weight: 1 },
  },
  records: { rates: { of: ['e'], every: 100 } },
} as const satisfies Circuit;

/** The same with another value at a path; undefined takes away. */
function changed(tree: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(tree)) return tree.map((entry, index) => (String(index) === name ? changed(entry, rest, value) : entry));
  const fields = Object(tree) as { readonly [name: string]: unknown };
  return { ...fields, [name]: rest.length === 0 ? value : changed(fields[name], rest, value) };
}

const kinds = 'lif, condLif, adaptiveLif, adEx, izhikevich, integrateAndFire, spikeResponse';

const mistakes: readonly (readonly [path: string, value: unknown, message: string])[] = [
  ['dt', '0.1', 'dt must be a number > 0, got "0.1"'],
  ['dt', undefined, 'dt must be a number > 0, got undefined'],
  ['seeds', 3, 'seeds is not a field; known are dt, seed, coincidence, populations, projections, records. Did you mean seed?'],
  ['seed', -1, 'seed must be an integer ≥ 0 or a random generator, got -1'],
  ['populations', {}, 'populations are none: a circuit has at least one'],
  ['populations.e.size', 0, 'populations.e.size must be an integer in [1, 16777216], got 0'],
  [
    'populations.e.neuron',
    'condLiff',
    `populations.e.neuron is "condLiff", which is no kind of neurons; known are ${kinds}. Did you mean condLif?`,
  ],
  ['populations.e.source', 'poisson', 'populations.e has a neuron and a source: it is either'],
  [
    'populations.e.params.vThreshold',
    -50,
    /^populations\.e\.params\.vThreshold is not a field; known are capacitance, leak, .*, receptors$/,
  ],
  [
    'populations.e.params.tauRefractory',
    0.25,
    'populations.e.params.tauRefractory 0.25 ms is no whole number of steps of 0.1 ms',
  ],
  ['populations.e.params.leak', Number.NaN, 'populations.e.params.leak must be a number > 0, got NaN'],
  ['populations.e.params.vReset', -40, 'populations.e.params.vReset must be below vTh, got -40 and -50'],
  [
    'populations.e.params.receptors',
    { ampa: { tau: 5 } },
    'populations.e.params.receptors.ampa.reversal must be a finite number, got undefined',
  ],
  ['populations.e.init', { vm: 0 }, 'populations.e.init.vm is not a field; known are v, ampa, gaba'],
  ['populations.e.noise', { normal: { mean: 0, std: -1 } }, 'populations.e.noise.normal.std must be a number ≥ 0, got -1'],
  [
    'populations.in.source',
    'poison',
    'populations.in.source is "poison", which is no source; known are poisson, spikes, input. Did you mean poisson?',
  ],
  ['populations.in.rate', 20_000, 'populations.in.rate 20000 Hz is more than a spike in each step of 0.1 ms'],
  ['populations.in.rate', [1, 2], 'populations.in.rate has 2 values, size is 3'],
  [
    'populations.in',
    { size: 1, source: 'spikes', times: [[1, 1.02]] },
    'populations.in.times.0 holds 1 ms before 1.02 ms: times ascend, no two in one step',
  ],
  ['projections.ie.from', 'out', 'projections.ie.from is "out", which is no population; known are e, i, in'],
  ['projections.ie.to', 'in', 'projections.ie.to is in, a source: spikes act on neurons'],
  ['projections.ie.receptor', undefined, 'projections.ie.receptor is missing: e has ampa, gaba'],
  [
    'projections.ie.receptor',
    'gabba',
    'projections.ie.receptor is "gabba", which is no receptor of e; known are ampa, gaba. Did you mean gaba?',
  ],
  ['projections.ie.delay', 0.15, 'projections.ie.delay 0.15 ms is no whole number of steps of 0.1 ms'],
  ['projections.ie.delay', -0.1, 'projections.ie.delay must be a number ≥ 0, got -0.1'],
  [
    'projections.ie.weight',
    undefined,
    'projections.ie.weight is missing: a number, { uniform: [low, high] } or { normal: { mean, std } }',
  ],
  [
    'projections.ie.weight',
    '1',
    'projections.ie.weight must be a number, { uniform: [low, high] } or { normal: { mean, std } }, got "1"',
  ],
  ['projections.ie.weight', { uniform: [1, 0] }, 'projections.ie.weight.uniform must be [low, high], got low 1 above high 0'],
  ['projections.ie.weight', 101, 'projections.ie.weight 101 lies beyond the bounds of vogelsStdp: wMin 0, wMax 100'],
  ['projections.ie.wiring.probability', 2, 'projections.ie.wiring.probability must be a number in [0, 1], got 2'],
  ['projections.ie.wiring.p', 0.1, 'projections.ie.wiring.p is not a field; known are type, probability, self'],
  [
    'projections.ie.wiring',
    'onetoone',
    'projections.ie.wiring is "onetoone", which is no wiring; known are dense, oneToOne, lateral, sparse, fixedOut, list. Did you mean oneToOne?',
  ],
  ['projections.ie.wiring', 'oneToOne', "projections.ie.wiring 'oneToOne' needs as many neurons on both sides; i has 2, e has 8"],
  ['projections.ie.wiring', { type: 'lateral' }, "projections.ie.wiring 'lateral' wires a population with itself, not i with e"],
  ['projections.ie.wiring', { type: 'list', pairs: [[2, 0]] }, 'projections.ie.wiring.pairs holds [2, 0]; i has 2, e has 8'],
  [
    'projections.ie.wiring',
    {
      type: 'list',
      pairs: [
        [1, 0],
        [1, 0],
      ],
    },
    'projections.ie.wiring.pairs holds [1, 0] twice',
  ],
  ['projections.ie.wiring', { type: 'fixedOut', targets: 9 }, 'projections.ie.wiring.targets is 9, of e there are 8 to choose'],
  [
    'projections.ie.rule.rule',
    'vogelStdp',
    /^projections\.ie\.rule\.rule is "vogelStdp", which is no rule; known are .*\. Did you mean vogelsStdp\?$/,
  ],
  [
    'projections.ie.rule.params.targetRates',
    5,
    /^projections\.ie\.rule\.params\.targetRates is not a parameter; .*\. Did you mean targetRate\?$/,
  ],
  ['projections.ie.rule.params.eta', '1', 'projections.ie.rule.params.eta must be a finite number, got "1"'],
  ['projections.ie.rule.params.dt', 1, "projections.ie.rule.params.dt is 1 ms, the circuit's is 0.1 ms"],
  ['projections.ie.rule.params.eta', [1, 2, 3], 'projections.ie.rule.params.eta has 3 values; i has 2 neurons, e 8'],
  ['projections.ie.rule.every', 10, 'projections.ie.rule.every is for rules with eligibility; vogelsStdp has none'],
  [
    'projections.ie.rule',
    { rule: 'mstdpet', every: 0.15 },
    'projections.ie.rule.every 0.15 ms is no whole number of steps of 0.1 ms',
  ],
  [
    'projections.ie.rule',
    { rule: 'delayAdjustedStdpDelay' },
    "projections.ie.rule.rule 'delayAdjustedStdpDelay' learns delays, one for each synapse; those of a projection share theirs",
  ],
  [
    'projections.ie.shortTerm',
    { utilization: 0.5, tauRecovery: 0, tauFacilitation: 0 },
    'projections.ie.shortTerm.tauRecovery must be a number > 0, got 0',
  ],
  ['records.rates.of', ['f'], 'records.rates.of.0 is "f", which is no population; known are e, i, in'],
  ['records.rates.every', 0.25, 'records.rates.every 0.25 ms is no whole number of steps of 0.1 ms'],
  ['records.rates.every', 0, 'records.rates.every must be a number > 0, got 0'],
  ['records.weights', { of: ['ei'], every: 1 }, 'records.weights.of.0 is "ei", which is no projection; known are ie, in'],
  [
    'records.voltage',
    { of: 'e', neurons: [8], every: 1 },
    'records.voltage.neurons must be numbers of neurons of e, 0 to 7, got [8]',
  ],
  [
    'projections.in.rewiring',
    { every: 1, below: 0.1, weight: 1 },
    "projections.in.rewiring has nothing to draw: 'dense' wires all pairs there are",
  ],
  ['projections.ie.rewiring', { every: 1, below: 0, weight: 1 }, 'projections.ie.rewiring.below must be a number > 0, got 0'],
].map(([path, value, message]) => [path, value, message] as const) as never;

it.each(mistakes)('refuses %s = %j', (path, value, message) => {
  const answer = validateCircuit(changed(whole, path.split('.'), value) as Circuit);
  const told = isLeft(answer) ? `${answer.left.argument} ${answer.left.problem}` : 'accepted';
  if (typeof message === 'string') expect(told).toBe(message);
  else expect(told).toMatch(message);
  if (isLeft(answer)) expect(answer.left.message).toBe(`circuit: ${told}`);
});

it('gives what is left out, and is content with what it gave', () => {
  const complete = orThrow(validateCircuit(whole));
  const { ie } = complete.projections;
  expect(ie).toMatchObject({ wiring: { type: 'sparse', probability: 0.02, self: false }, delay: 0.1 });
  expect(ie?.rule?.params).toMatchObject({ dt: 0.1, coincidence: 'none', tau: 20, targetRate: 5 });
  expect(complete.projections['in']).toMatchObject({ delay: 0, wiring: { type: 'dense' } });
  expect(validateCircuit(complete)).toEqual({ _tag: 'Right', right: complete });
  expect(validateCircuit(JSON.parse(JSON.stringify(whole)))).toEqual({ _tag: 'Right', right: complete });
});

it('takes a rule’s own coincidence before the circuit’s', () => {
  const named = (coincidence: string, params: object, rule = 'pairStdp') =>
    validateCircuit(changed({ ...whole, coincidence }, ['projections', 'ie', 'rule'], { rule, params }) as Circuit);
  const of = (answer: ReturnType<typeof validateCircuit>) => orThrow(answer).projections['ie']?.rule?.params?.['coincidence'];
  expect(of(named('preFirst', {}))).toBe('potentiation');
  expect(of(named('postFirst', {}, 'twoFactorStdp'))).toBe('pre');
  expect(of(named('neither', { coincidence: 'both' }))).toBe('both');
});

it('refuses in the name of who was given a circuit, and what lies within itself', () => {
  expect(() => checkedCircuit(changed(whole, ['dt'], -1) as Circuit, 'wire')).toThrow(
    'wire: circuit.dt must be a number > 0, got -1',
  );
  expect(() => checkedCircuit(5 as never, 'wire')).toThrow(/^wire: circuit must be \{ dt, /);
  const loop: { [name: string]: unknown } = {};
  loop['params'] = loop;
  expect(isLeft(validateCircuit(changed(whole, ['projections', 'ie', 'rule', 'params'], loop) as Circuit))).toBe(true);
});
