import type { ChangeConstants } from '../../kernels/constants.js';
import { dependenceCodes } from '../../kernels/dependences.js';
import { pairConstantsOf, type WrittenRule } from '../../rules/fastPath.js';
import { pairConstants } from '../../rules/pair/pairConstants.js';
import type { PairStdpParams } from '../../rules/pair/pairStdpParams.js';
import type { Rule } from '../../rules/rule.js';
import type { EligibilityPlan, PairChange, PairPlan, PairRates } from './learningPlan.js';
import { pairRatesOf, traceOf } from './pairRates.js';

/** `pairStdp` whose pairs are of these schemes; `undefined` where another scheme or a parameter per neuron asks for more. */
export function planOfPairStdp(rule: Rule<object>): PairPlan | undefined {
  const params = rule.params as PairStdpParams;
  const isRestricted = params.traceMode === 'restrictedNearest';
  const constants = isRestricted ? pairConstants({ ...params, traceMode: 'nearest' }) : pairConstantsOf(rule);
  if (constants === undefined) return undefined;
  const { pre, post, presentPre, presentPost, change } = constants;
  const rates = { atPost: 1, atPre: -1, alone: 0 };
  return {
    kind: 'pairs',
    pre,
    post,
    present: { pre: presentPre, post: presentPost },
    isRestricted,
    changes: [{ name: 'w', ...rated(rates, change) }],
    change,
  };
}

/** A written rule that comes to pairs of spikes, changing weights at once or through what synapses remember. */
export function planOfPairs({ program, change, rewardScale }: WrittenRule): PairPlan | undefined {
  const [pre, post] = [traceOf(program, 'pre'), traceOf(program, 'post')];
  if (pre === undefined || post === undefined) return undefined;
  const reads = { pre: pre.read, post: post.read };
  const { synapses } = program;
  const changed = synapses.length > 0 ? synapses : [{ name: 'w', terms: program.terms }];
  const changes = changed.flatMap(({ name, terms }): readonly PairChange[] => {
    const rates = pairRatesOf(program, terms, reads);
    return rates === undefined ? [] : [{ name, ...(synapses.length > 0 ? rates : rated(rates, change)) }];
  });
  const eligibility = eligibilityOf(program);
  if (changes.length < changed.length) return undefined;
  return {
    kind: 'pairs',
    pre: pre.trace,
    post: post.trace,
    present: { pre: pre.isPresent, post: post.isPresent },
    isRestricted: false,
    changes,
    change,
    ...(eligibility && { eligibility }),
    ...(rewardScale !== undefined && { rewardScale }),
  };
}

function eligibilityOf({ synapses, reads }: WrittenRule['program']): EligibilityPlan | undefined {
  const [first] = synapses;
  if (first === undefined) return undefined;
  return { decay: first.decay, reads, rates: synapses.map(({ rate }) => rate) };
}

/** Rates with those of the update in them, where no weight changes them. */
function rated({ atPost, atPre, alone }: PairRates, { code, etaPlus, etaMinus }: ChangeConstants): PairRates {
  if (code !== dependenceCodes.additive) return { atPost, atPre, alone };
  const times = (rate: number): number => rate * (rate > 0 ? etaPlus : etaMinus);
  return { atPost: times(atPost), atPre: times(atPre), alone: times(alone) };
}
