import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { kernelStdp } from '../../src/rules/lastSpike/kernelStdp.js';
import { latencyStdp } from '../../src/rules/latency/latencyStdp.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { Rule, RuleJSON } from '../../src/rules/rule.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { tripletStdp } from '../../src/rules/triplet/tripletStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';

const rules: readonly Rule<never>[] = [
  pairStdp({ tauPre: [5, 10], etaPlus: 0.25, traceMode: 'nearest', integration: 'exact', batchReduction: 'max' }) as Rule<never>,
  latencyStdp({ etaPlus: 0.3 }) as Rule<never>,
  pairStdp({ weightDependence: 'soft' }, conv2d({ strides: [1, 2], pad: 'same' })) as Rule<never>,
];

describe('ruleFromJSON', () => {
  it.each(rules)('brings a rule back from its text: %j', (rule) => {
    const text = JSON.stringify(rule);
    const back = ruleFromJSON(JSON.parse(text) as RuleJSON);
    expect([back.name, back.params, JSON.stringify(back)]).toEqual([rule.name, rule.params, text]);
  });

  it('the rule that comes back learns the same', async () => {
    const [rule] = [pairStdp({ tauPre: [5, 10], etaPlus: 0.25, integration: 'exact' })];
    const back = ruleFromJSON(JSON.parse(JSON.stringify(rule)) as RuleJSON);
    const input = { pre: [1, 1], post: [1, 0] };
    const w = tf.fill([2, 2], 0.5);
    const [after, restored] = [rule, back].map((each) => each.step(input, w, each.init({ pre: [2], post: [2] }) as never)[0]);
    expect(await restored?.data()).toEqual(await after?.data());
    expect(await after?.data()).not.toEqual(await w.data());
  });

  it.each(['hebb', 'constructor'])('refuses the unknown rule %s', (rule) => {
    expect(() => ruleFromJSON({ rule, params: {}, topology: { type: 'dense' } })).toThrow(
      `ruleFromJSON: rule '${rule}' is unknown; known are ${ruleNames.join(', ')}`,
    );
  });

  it('Infinity survives the text', async () => {
    const rule = tripletStdp({ tauPreFast: Number.POSITIVE_INFINITY, tauPostSlow: [5, Number.POSITIVE_INFINITY] });
    const back = ruleFromJSON(JSON.parse(JSON.stringify(rule)) as RuleJSON);
    expect(back.params).toEqual(rule.params);
    expect(ruleFromJSON(rule.toJSON()).params).toEqual(rule.params);
  });

  it.each([
    ['a function', () => pairStdp({ batchReduction: (x) => tf.sum(x, 0) }), 'pairStdp: batchReduction is a function'],
    ['a tensor', () => pairStdp({ etaPlus: tf.scalar(0.1) }), 'pairStdp: etaPlus is a tensor'],
    ['a kernel by function', () => kernelStdp({ kernelPost: (x) => x }), 'kernelStdp: kernelPost is a function'],
  ] as const)('says that %s is not JSON, rather than losing it', (_, rule, message) => {
    expect(() => JSON.stringify(rule())).toThrow(message);
  });

  it('refuses in its own name a topology that is none, and a field that it does not know', () => {
    const given = (more: object) => ruleFromJSON({ rule: 'pairStdp', params: {}, topology: { type: 'dense' }, ...more });
    expect(() => given({ topology: { type: 'nowhere' } })).toThrow(
      /^ruleFromJSON: type must be one of 'dense', 'conv2d', .*got "nowhere"$/,
    );
    expect(() => given({ topology: { type: 'conv2d', strides: 0 } })).toThrow('ruleFromJSON: strides must be');
    expect(() => given({ parmas: {} })).toThrow(
      'ruleFromJSON: json.parmas is not part of the json, which holds rule, params, top',
    );
  });

  it('refuses parameters that have no end', () => {
    const around: { [name: string]: unknown } = {};
    around['a'] = around;
    const deep = Array.from({ length: 20_000 }).reduce<object>((inner) => ({ a: inner }), {});
    for (const params of [around, deep, { a: [around] }])
      expect(() => ruleFromJSON({ rule: 'pairStdp', params, topology: { type: 'dense' } })).toThrow(
        /^ruleFromJSON: a\.[a0]\.a lies within itself, or is more than 64 levels deep$/,
      );
  });

  it('checks parameters before it makes a rule', () => {
    const json = { rule: 'pairStdp', params: { tauPre: 0 }, topology: { type: 'dense' } } as const;
    expect(() => ruleFromJSON(json)).toThrow('pairStdp: tauPre must be a positive number of ms, got 0');
  });
});
