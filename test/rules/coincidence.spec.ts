import { describe, expect, it } from 'vitest';
import { type Rule, ruleFromJSON } from '../../src/entries/everything.js';

/** Rules of two halves: the words of `coincidence` for that of the post spike and that of the pre spike, and their rates. */
const rules: readonly (readonly [name: string, post: string, pre: string, rates: (post: number, pre: number) => object])[] = [
  ['pairStdp', 'potentiation', 'depression', (post, pre) => ({ etaPlus: post, etaMinus: -pre, integration: 'exact' })],
  ['eligibilityStdp', 'potentiation', 'depression', (post, pre) => ({ etaPlus: post, etaMinus: -pre })],
  ['twoFactorStdp', 'post', 'pre', (etaPost, etaPre) => ({ etaPost, etaPre })],
  ['mstdp', 'post', 'pre', (etaPost, etaPre) => ({ etaPost, etaPre })],
  ['mstdpet', 'post', 'pre', (etaPost, etaPre) => ({ etaPost, etaPre, tauEligibility: 1 })],
  ['tripletStdp', 'post', 'pre', (etaPostPair, etaPrePair) => ({ etaPostPair, etaPrePair, etaPostTriplet: 0, etaPreTriplet: 0 })],
];

/** What one pre and one post spike in the same step do to a weight of 0.5. */
async function change(name: string, params: object): Promise<number> {
  const rule: Rule<object> = ruleFromJSON({ rule: name, params, topology: { type: 'dense' } });
  const reward = rule.reads.includes('reward') ? { reward: 1 } : {};
  const [w] = rule.step({ pre: [1], post: [1], ...reward }, [[0.5]], rule.init({ pre: [1], post: [1] }));
  return ((await w.data())[0] ?? Number.NaN) - 0.5;
}

describe.each(rules)('one coincident pair in %s', (name, post, pre, rates) => {
  it.each([
    [0.1, -0.03],
    [-0.1, 0.03],
    [0.1, 0.03],
    [-0.1, -0.03],
  ])('counts once in each half that is chosen, at rates of %s and %s', async (ofPost, ofPre) => {
    const changed = (coincidence: string) => change(name, { ...rates(ofPost, ofPre), coincidence });
    expect(await changed(post)).toBeCloseTo(ofPost, 6);
    expect(await changed(pre)).toBeCloseTo(ofPre, 6);
    expect(await changed('none')).toBe(0);
    expect(await changed('both')).toBeCloseTo(ofPost + ofPre, 6);
  });

  it('counts in both where nobody chooses, as in the systems that the rule comes from', async () => {
    expect(await change(name, rates(0.1, -0.03))).toBeCloseTo(0.1 - 0.03, 6);
  });
});
