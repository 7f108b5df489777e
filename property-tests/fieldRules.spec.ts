import fc from 'fast-check';
import { describe, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { clopathStdp } from '../src/rules/clopathStdp.js';
import { pairStdp } from '../src/rules/pairStdp.js';
import { productRule } from '../src/rules/productRule.js';
import type { Rule } from '../src/rules/rule.js';
import { symmetricStdp } from '../src/rules/symmetricStdp.js';
import { vogelsStdp } from '../src/rules/vogelsStdp.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';
import { topologyFromJSON } from '../src/topologies/topologyFromJSON.js';

interface Case {
  readonly name: string;
  readonly make: (params: object, topology: Topology) => Rule<object>;
  readonly params: object;
  readonly hebbian: boolean;
}

const rates = { etaPlus: 1e-3, etaMinus: 1e-3 };
const exact = { ...rates, tauPre: 20, tauPost: 30, integration: 'exact' };
const cases: readonly Case[] = [
  { name: 'pairStdp preCentred', make: pairStdp, params: { ...exact, traceMode: 'preCentred' }, hebbian: true },
  {
    name: 'pairStdp restrictedNearest',
    make: pairStdp,
    params: { ...rates, traceMode: 'restrictedNearest', coincidence: 'none' },
    hebbian: true,
  },
  { name: 'symmetricStdp', make: symmetricStdp, params: { alpha: 0.2, traceMode: 'nearest' }, hebbian: false },
  { name: 'vogelsStdp', make: vogelsStdp, params: { eta: 1e-3, wMax: 1 }, hebbian: false },
  { name: 'clopathStdp', make: clopathStdp, params: { etaPlus: 1e-5, etaMinus: 1e-5, delay: 2 }, hebbian: false },
  { name: 'productRule', make: productRule, params: { dw: 'dw = 2^-10 * x1 * y0 - 2^-10 * x0 * y1' }, hebbian: true },
  {
    name: 'productRule with the weight',
    make: productRule,
    params: { dw: 'dw = 2^-11 * (y2 + 1) * y0 * x2 * w - 2^-11 * (w - 1) * x0', tauX2: 9 },
    hebbian: false,
  },
];

const topologies = [
  ['dense', dense],
  ['conv2d', conv2d({ pad: 1, strides: [1, 2] })],
] as const;

describe.each(cases)('$name', ({ make, params, hebbian }) => {
  describe.each(topologies)('on %s', (_, topology) => {
    const fromJSON: typeof import('../src/rules/ruleFromJSON.js').ruleFromJSON = (json) =>
      make(json.params, topologyFromJSON(json.topology));
    const suite = (seed: number) => laws(make(params, topology), { seed, hebbian, fromJSON, backends: ['cpu', 'wasm'] });
    it.each(suite(1).map((law) => law.name))('%s', async (name) => {
      const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 }), async (seed) =>
        suite(seed)
          .find((law) => law.name === name)
          ?.check(),
      );
      await fc.assert(property, { numRuns: 2, seed: 1 });
    });
  });
});
