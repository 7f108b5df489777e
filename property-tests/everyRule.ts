import type { ConformanceOptions } from '../src/conformance/index.js';
import type { Rule } from '../src/rules/rule.js';
import { ruleFromJSON, ruleNames } from '../src/rules/ruleFromJSON.js';
import type { Topology } from '../src/topologies/topology.js';
import { weightDependences } from '../src/updates/weightDependence.js';

/**
 * A rule under some of its settings.
 *
 * @property params   what differs from {@link usual}.
 * @property options  of the conformance suite. A rule isn't taken for a Hebbian one unless it says so.
 * @property except   beginnings of the names of laws that the rule breaks by its nature, with the reason beside them.
 */
export interface Setting {
  readonly params?: object;
  readonly options?: ConformanceOptions;
  readonly except?: readonly string[];
}

export const makeNamed = (rule: string, params: object, topology: Topology): Rule<object> =>
  ruleFromJSON({ rule, params, topology: topology.toJSON() });

const wanted = { batchReduction: 'sum', hardBound: true, wMin: 0, wMax: 1 };

/** Weights in [0, 1], samples summed: as far as a rule has these parameters. */
export const usual = (rule: string, topology: Topology): object => {
  const known = makeNamed(rule, {}, topology).params;
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => name in known));
};

const rates = { etaPlus: 1e-3, etaMinus: 1e-3 };
const halves = { etaPost: 1e-3, etaPre: -1e-3 };
const triplets = { etaPostPair: 1e-3, etaPostTriplet: 1e-3, etaPrePair: -1e-3, etaPreTriplet: -1e-3 };
const delays = { params: { maxDelay: 2 }, options: { bounds: [0, 2] as const } };
const hebbian = { hebbian: true };
const rewarded = (reward: number) => ({ input: { reward } });
const delayed = (delay: number) => ({ input: { delay } });
const pairs = (params: object): Setting => ({ params: { ...rates, tauPre: 20, tauPost: 30, ...params }, options: hebbian });

// Eligibility outlasts the spikes, and what a stimulus did stays in memory: a reward in silence changes weights.
const remembers = ['silence'];
// A spike that is still on its way arrives in a step without spikes.
const arrives = ['silence'];

/** Settings of the rules, by the rule's name and then by what is special; '' is the rule as it is. */
const settings: { readonly [rule: string]: { readonly [special: string]: Setting } } = {
  pairStdp: {
    ...Object.fromEntries(weightDependences.map((weightDependence) => [weightDependence, pairs({ weightDependence, mu: 0.4 })])),
    'exact, nearest': pairs({ integration: 'exact', traceMode: 'nearest', coincidence: 'none' }),
    preCentred: pairs({ integration: 'exact', traceMode: 'preCentred' }),
    restrictedNearest: pairs({ traceMode: 'restrictedNearest', coincidence: 'none' }),
  },
  // The order rule decides at the output's first spike alone: a later input changes nothing.
  latencyStdp: { '': { params: rates } },
  eligibilityStdp: {
    'without a reward': { params: rates },
    rewarded: { params: rates, options: { ...hebbian, ...rewarded(1) }, except: remembers },
    'forgets at once, rewarded': { params: { ...rates, tauEligibility: 0 }, options: { ...hebbian, ...rewarded(1) } },
  },
  // It has no bounds and needs none; an input counts by its part of the largest trace.
  fedeStdp: { '': { options: { local: false }, except: ['bounds'] } },
  rewardStdp: {
    'without a reward': {},
    rewarded: { options: rewarded(1), except: remembers },
    punished: { options: rewarded(-0.5), except: remembers },
  },
  twoFactorStdp: {
    '': { params: halves, options: hebbian },
    'nearest, soft': { params: { ...halves, traceMode: 'nearest', weightDependence: 'soft' }, options: hebbian },
    depressive: { params: { ...halves, etaPost: -1e-3 } },
    'with records': { params: { ...halves, maxDelay: 3 }, options: hebbian },
    'with delays': { params: { ...halves, maxDelay: 3, delayed: true }, options: delayed(1.4), except: arrives },
  },
  tripletStdp: {
    '': { params: triplets, options: hebbian },
    'with records': { params: { ...triplets, maxDelay: 2, slowTrace: 'previous' }, options: hebbian },
    'with delays': { params: { ...triplets, maxDelay: 2 }, options: delayed(1), except: arrives },
  },
  mstdp: {
    'without a reward': { params: halves },
    rewarded: { params: halves, options: { ...hebbian, ...rewarded(2) } },
    punished: { params: halves, options: rewarded(-2) },
  },
  mstdpet: {
    'without a reward': { params: halves },
    rewarded: { params: halves, options: { ...hebbian, ...rewarded(2) }, except: remembers },
  },
  kernelStdp: {
    '': { options: hebbian },
    'gate always': { params: { gate: 'always' }, options: hebbian, except: ['silence'] }, // the latest pair acts again
    'with delays': {
      params: { maxDelay: 2.5, interpolation: 'nearest' },
      options: delayed(1.4),
      except: arrives,
    },
    'delayed, with delays': { params: { maxDelay: 2.5, delayed: true }, options: delayed(1.4), except: arrives },
  },
  delayAdjustedKernelStdp: { '': { options: hebbian }, 'with delays': { options: { ...hebbian, ...delayed(0.5) } } },
  delayAdjustedStdp: { '': { options: hebbian }, 'with delays': { options: { ...hebbian, ...delayed(0.5) } } },
  delayAdjustedMstdp: {
    'without a reward': {},
    'rewarded, with delays': { options: { ...hebbian, input: { reward: 0.7, delay: 0.5 } } },
  },
  delayAdjustedKernelStdpDelay: { '': delays },
  delayAdjustedStdpDelay: { '': delays },
  delayAdjustedMstdpDelay: { rewarded: { ...delays, options: { ...delays.options, ...rewarded(-0.5) } } },
  homeostasis: { '': { except: ['silence', 'time'] } }, // it works in silence: that is its purpose
  symmetricStdp: { 'alpha 0.2, nearest': { params: { alpha: 0.2, traceMode: 'nearest' } } },
  vogelsStdp: { '': { params: { eta: 1e-3 } } },
  clopathStdp: { '': { params: { etaPlus: 1e-5, etaMinus: 1e-5, delay: 2 } } },
  productRule: {
    '': { params: { dw: 'dw = 2^-10 * x1 * y0 - 2^-10 * x0 * y1' }, options: hebbian },
    'with the weight': { params: { dw: 'dw = 2^-11 * (y2 + 1) * y0 * x2 * w - 2^-11 * (w - 1) * x0', tauX2: 9 } },
  },
};

/** Every rule of the library in all of its settings; a rule without any, as it is. */
export const everyRule: readonly (readonly [name: string, rule: string, setting: Setting])[] = ruleNames.flatMap((rule) =>
  Object.entries(settings[rule] ?? { '': {} }).map(([special, setting]) => [`${rule} ${special}`.trim(), rule, setting] as const),
);
