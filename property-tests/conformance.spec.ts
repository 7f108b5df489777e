import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laws } from '../src/conformance/index.js';
import { ruleNames } from '../src/rules/ruleFromJSON.js';
import { conv2d } from '../src/topologies/conv2d.js';
import { dense } from '../src/topologies/dense.js';
import type { Topology } from '../src/topologies/topology.js';
import { otherBackend, runs, sample, targetBackend } from '../test/target.js';
import { everyRule, makeNamed, type Setting, usual } from './everyRule.js';

/** Where not all can be tried, the other laws hold if this does: a rule gives there what it gives elsewhere. */
const telling = 'backends agree';
const complete = sample(everyRule).map(([name]) => name);

/** Convolutions in plain JavaScript or in software on webgpu take minutes for what wasm does in one. */
const isWhole = (name: string, topology: Topology): boolean =>
  complete.includes(name) && (topology === dense || targetBackend === 'wasm');

/** The laws on random spikes and weights. */
function holds(name: string, rule: string, { params, options, except = [] }: Setting, topology: Topology) {
  const made = makeNamed(rule, { ...usual(rule, topology), ...params }, topology);
  const suite = (seed: number) =>
    laws(made, { hebbian: false, ...options, seed, backends: [otherBackend, targetBackend] }).filter(
      (law) => isWhole(name, topology) || law.name.startsWith(telling),
    );
  const names = suite(1).map((law) => law.name);
  it.each(names.filter((law) => !except.some((beginning) => law.startsWith(beginning))))('%s', async (law) => {
    const property = fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 32 }), async (seed) => {
      const found = suite(seed).find((one) => one.name === law) ?? expect.fail(`no law ${law}`);
      await expect(found.check()).resolves.toBeUndefined();
    });
    await fc.assert(property, { numRuns: topology === dense ? runs(2) : 1, seed: 1 });
  });
}

describe.each(everyRule)('%s', (name, rule, setting) => {
  describe('on dense', () => holds(name, rule, setting, dense));
  describe.runIf(complete.includes(name))('on conv2d', () => holds(name, rule, setting, conv2d({ pad: 1, strides: [1, 2] })));
});

// What a topology does with the rows is the same for every rule.
describe('pairStdp on a strided, dilated convolution', () =>
  holds('pairStdp', 'pairStdp', {}, conv2d({ dilations: 2, strides: 2, pad: 'same' })));

it('every rule of the library is among them', () => {
  expect(new Set(everyRule.map(([, rule]) => rule))).toEqual(new Set(ruleNames));
});
