import fc from 'fast-check';
import { describe, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { latencyStdp } from '../src/rules/latencyStdp.js';
import { pairStdp } from '../src/rules/pairStdp.js';
import type { Rule } from '../src/rules/rule.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import { weightDependences } from '../src/updates/weightDependence.js';

const topologies = {
  dense,
  conv2d: conv2d({ pad: 1, strides: [1, 2] }),
  dilated: conv2d({ dilations: 2, strides: 2, pad: 'same' }),
};

const rates = { etaPlus: 1e-3, etaMinus: 1e-3, tauPre: 20, tauPost: 30 };
const rules: Readonly<Record<string, (topology: (typeof topologies)[keyof typeof topologies]) => Rule<never>>> = {
  ...Object.fromEntries(
    weightDependences.map((weightDependence) => [
      `pairStdp ${weightDependence}`,
      (topology: never) => pairStdp({ ...rates, weightDependence, mu: 0.4 }, topology) as Rule<never>,
    ]),
  ),
  'pairStdp exact nearest': (topology) =>
    pairStdp({ ...rates, integration: 'exact', traceMode: 'nearest', coincidence: 'none' }, topology) as Rule<never>,
  latencyStdp: (topology) => latencyStdp({ etaPlus: 1e-3, etaMinus: 1e-3 }, topology) as Rule<never>,
};

describe.each(Object.entries(rules))('%s', (name, make) => {
  describe.each(Object.entries(topologies))('on %s', (_, topology) => {
    // The order rule decides at the output's first spike alone: a later input changes nothing, which is its own law below.
    const order = name !== 'latencyStdp';
    const suite = (seed: number) => laws(make(topology), { seed, hebbian: order, backends: ['cpu', 'wasm'] });
    it.each(suite(1).map((law) => law.name))('%s', async (law) => {
      const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 }), async (seed) =>
        suite(seed)
          .find((each) => each.name === law)
          ?.check(),
      );
      await fc.assert(property, { numRuns: 3, seed: 1 });
    });
  });
});
