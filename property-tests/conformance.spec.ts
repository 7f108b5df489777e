import fc from 'fast-check';
import { describe, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { latencyStdp } from '../src/rules/latencyStdp.js';
import { pairStdp } from '../src/rules/pairStdp.js';
import type { Rule } from '../src/rules/rule.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';
import { weightDependences } from '../src/updates/weightDependence.js';

const convolution = conv2d({ pad: 1, strides: [1, 2] });
const dilated = conv2d({ dilations: 2, strides: 2, pad: 'same' });

type MakeRule = (topology: Topology) => Rule<never>;
const rates = { etaPlus: 1e-3, etaMinus: 1e-3, tauPre: 20, tauPost: 30 };
const pair =
  (params: object): MakeRule =>
  (topology) =>
    pairStdp({ ...rates, ...params }, topology) as Rule<never>;
const nearest = pair({ integration: 'exact', traceMode: 'nearest', coincidence: 'none' });
const latency: MakeRule = (topology) => latencyStdp({ etaPlus: 1e-3, etaMinus: 1e-3 }, topology) as Rule<never>;

const everywhere: readonly (readonly [string, MakeRule])[] = [
  ...weightDependences.map((weightDependence) => [`pairStdp ${weightDependence}`, pair({ weightDependence, mu: 0.4 })] as const),
  ['pairStdp exact nearest', nearest],
  ['latencyStdp', latency],
];

/** The laws on random spikes and weights. */
const holds = (rule: Rule<never>, numRuns: number) => {
  // The order rule decides at the output's first spike alone: a later input changes nothing.
  const hebbian = rule.name !== 'latencyStdp';
  const suite = (seed: number) => laws(rule, { seed, hebbian, backends: ['cpu', 'wasm'] });
  it.each(suite(1).map((law) => law.name))('%s', async (name) => {
    const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 }), async (seed) =>
      suite(seed)
        .find((law) => law.name === name)
        ?.check(),
    );
    await fc.assert(property, { numRuns, seed: 1 });
  });
};

describe.each(everywhere)('%s', (_, make) => {
  describe('on dense', () => holds(make(dense), 3));
  describe('on conv2d', () => holds(make(convolution), 2));
});

// What a topology does with the rows is the same for every rule.
describe('pairStdp exact nearest on a strided, dilated convolution', () => holds(nearest(dilated), 2));
