import { describe, expect, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { conv1d } from '../src/topologies/conv1d.js';
import { dense } from '../src/topologies/dense.js';
import { local2d } from '../src/topologies/local2d.js';
import { masked } from '../src/topologies/masked.js';
import { sparse } from '../src/topologies/sparse.js';
import type { Topology } from '../src/topologies/topology.js';
import { registerTopology, topologyFromJSON, topologyTypes } from '../src/topologies/topologyFromJSON.js';
import { otherBackend, sample, targetBackend } from '../test/target.js';
import { ring } from '../test/topologies/ring.js';
import { everyRule, makeNamed, usual } from './everyRule.js';

registerTopology('ring', ({ reach }) => ring(Number(reach)));

/** Topologies with options: of each type that has any. */
const withOptions: { readonly [name: string]: Topology } = {
  conv1d: conv1d({ pad: 1, strides: 2 }),
  local2d: local2d({ kernelSize: [3, 2], strides: 2 }),
  sparse: sparse({ probability: 0.5, seed: 2 }, { inputs: 5, outputs: 4 }),
  masked: masked(dense, [
    [1, 0, 1],
    [0, 1, 1],
    [1, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ]),
  'a ring of a user': ring(1),
};

/** All of the library; of a type without options there is one. What conformance.spec.ts tries needs no second time. */
const wirings: { readonly [name: string]: Topology } = {
  ...Object.fromEntries(
    topologyTypes
      .filter((type) => !(type in withOptions || ['dense', 'conv2d'].includes(type)))
      .map((type) => [type, topologyFromJSON({ type })]),
  ),
  ...withOptions,
};

/** One setting of each rule: what a wiring does with the rows is the same for all. */
const oneOfEach = everyRule.filter(([, rule], index) => everyRule.findIndex(([, other]) => other === rule) === index);

/** What is told apart by the rows of a wiring; the other laws hold on all if they hold on one. */
const telling = ['backends agree', 'locality', 'order', 'absent', 'donation'];
const whole = ['sparse', 'a ring of a user'];

/** All laws of two wirings where they are quick; elsewhere the other laws hold if a rule gives there what it gives elsewhere. */
const isTried = (wiring: string, law: string): boolean =>
  targetBackend === 'wasm'
    ? whole.includes(wiring) || telling.some((beginning) => law.startsWith(beginning))
    : whole.includes(wiring) && law.startsWith('backends agree');

describe.each(Object.entries(wirings).filter(([name]) => isTried(name, 'backends agree')))('on %s', (wiring, topology) => {
  describe.each(sample(oneOfEach))('%s', (_name, rule, { params, options, except = [] }) => {
    const made = makeNamed(rule, { ...usual(rule, topology), ...params }, topology);
    const suite = laws(made, { hebbian: false, ...options, seed: 1, backends: [otherBackend, targetBackend] });
    const tried = suite.filter(({ name }) => isTried(wiring, name) && !except.some((beginning) => name.startsWith(beginning)));
    it.each(tried)('$name', async (law) => {
      await expect(law.check()).resolves.toBeUndefined();
    });
  });
});
