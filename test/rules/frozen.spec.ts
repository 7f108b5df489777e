import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { mapLeaves } from '../../src/core/trees.js';
import * as library from '../../src/entries/everything.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';

/** Paths of the records and lists in a tree that can still be changed. */
function openParts(tree: unknown): readonly string[] {
  const open: string[] = [];
  mapLeaves(
    tree,
    () => undefined,
    (part) => {
      if (typeof part === 'object' && part !== null && !(part instanceof tf.Tensor) && !Object.isFrozen(part))
        open.push(JSON.stringify(part));
      return part instanceof tf.Tensor;
    },
  );
  return open;
}

const shared = Object.entries(library).filter(([name]) => name.endsWith('Defaults') || name === 'presets');

describe('what is shared', () => {
  it.each(shared)('%s cannot be changed', (_, record) => {
    expect(openParts(record)).toEqual([]);
  });

  it('is more than a few', () => {
    expect(shared.length).toBeGreaterThan(30);
  });
});

describe('what was checked', () => {
  it.each(ruleNames)('params and update of %s stay as they are', (name) => {
    const { params, update, reads } = ruleFromJSON({ rule: name, params: {}, topology: { type: 'dense' } });
    expect([params, update, reads].flatMap(openParts)).toEqual([]);
  });

  it('what the classes show of their settings stays as it is', () => {
    const settings = [
      new library.STDPLearner().config,
      new library.WTAInhibition({}, 1, [1, 1]).config,
      new library.AdaptiveThreshold(1, [1, 1]).params,
      new library.ConvergenceTracker(1, [1, 1]).params,
    ];
    expect(settings.flatMap(openParts)).toEqual([]);
  });

  it('params and update of a rule of lists and records, while the records of the caller stay open', () => {
    const given = { kernelPost: { kernel: 'constant', eta: [0.1], tau: 20 } } as const;
    const rule = library.kernelStdp(given);
    expect(openParts(rule.params)).toEqual([]);
    expect(Object.isFrozen(given.kernelPost)).toBe(false);
    const etaPlus = [0.1];
    const pairs = library.pairStdp({ etaPlus });
    expect(() => Object.assign(pairs.params, { etaPlus: 0.7 })).toThrow(TypeError);
    expect(() => Object.assign(pairs.update, { wMax: 0.05 })).toThrow(TypeError);
    etaPlus.push(0.2);
    expect(pairs.update.etaPlus).toEqual([0.1]);
  });

  it('the configuration of a learner and the options of a convolution', () => {
    expect(() => Object.assign(new library.STDPLearner().config, { wMin: Number.NaN })).toThrow(TypeError);
    const strides: [number, number] = [1, 2];
    const json = library.conv2d({ strides }).toJSON();
    expect(() => Object.assign(Object(json).strides, [2])).toThrow(TypeError);
    expect(Object.isFrozen(strides)).toBe(false);
  });

  it('tensors among params stay tensors of their owner', () => {
    const etaPlus = tf.tensor1d([0.1]);
    const rule = library.pairStdp({ etaPlus });
    expect(rule.update.etaPlus).toBe(etaPlus);
    expect(Object.isFrozen(etaPlus)).toBe(false);
    etaPlus.dispose();
  });
});
