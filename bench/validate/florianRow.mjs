import { florian2007, florianWorld } from 'tfjs-stdp/circuits';
import { florianPattern } from '../../dist/papers/circuits/florian2007.js';
import { live } from './circuits.mjs';
import { short } from './measure.mjs';

/** The rates of the output for each pattern in the last tenth, by a rule; learned from so many patterns. */
function exclusiveOr(seed, patterns, change, tell) {
  const { records: _, ...bare } = florian2007({ seed });
  const circuit = {
    ...bare,
    projections: Object.fromEntries(Object.entries(bare.projections).map(([name, one]) => [name, change(one)])),
    records: { spikes: ['output'] },
  };
  const [counts, shown] = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  live(circuit, florianWorld({ seed }), patterns * 0.5, {
    turns: 500,
    look: ({ step }, { spikes }) => {
      const index = step / 500 - 1;
      if (index < 0.9 * patterns) return;
      const [first, second] = florianPattern(seed, index);
      counts[first + 2 * second] += spikes.output.step.length;
      shown[first + 2 * second]++;
    },
  });
  const rates = counts.map((count, pattern) => count / shown[pattern] / 0.5);
  tell(`seed ${seed}: ${short(rates)} Hz for (0,0), (1,0), (0,1), (1,1)`);
  return { rates, learned: Math.min(rates[1], rates[2]) > Math.max(rates[0], rates[3]) };
}

const asIs = (projection) => projection;
/** MSTDP: the same without a memory. */
const atOnce = ({ rule, ...projection }) => {
  const { tauEligibility: _, ...params } = rule.params;
  return { ...projection, rule: { rule: 'mstdp', params: { ...params, etaPost: 0.1, etaPre: -0.1 } } };
};

export const florianRow = {
  name: 'Florian 2007, exclusive or',
  rules: ['mstdpet', 'mstdp'],
  source: 'Florian 2007, section 4.2',
  why: `mstdp pays the change of a step by the reward of that step, which in a closed loop is of a spike of the step before; Florian's equation
pays what the step before changed. mstdpet, which remembers, isn't touched by it.`,
  long: true, // in turns of a step
  run({ tell }) {
    const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
    const row = (what, share, runs) => {
      const good = runs.filter(({ learned }) => learned);
      return {
        what,
        published: `${share} of seeds`,
        ours: `${good.length} of ${runs.length}; seed 1: ${short(runs[0].rates)} Hz`,
        seeds: runs.length,
        holds: good.length > 0.9 * runs.length,
      };
    };
    const patterns = 800;
    return [
      row(
        'mstdpet: rates for (0,1), (1,0) above those for (0,0), (1,1)',
        '> 90 %',
        seeds.map((seed) => exclusiveOr(seed, patterns, asIs, tell)),
      ),
      row(
        'mstdp: the same',
        '> 90 %',
        seeds.slice(0, 10).map((seed) => exclusiveOr(seed, patterns, atOnce, tell)),
      ),
    ];
  },
};
