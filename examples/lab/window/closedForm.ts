import { again, type ClosedForm, type Form, none, number, type Pair, rewarded, unmodulated } from './form.js';
import { decayed, isKnownDependence, signed, stepped } from './formulas.js';
import { latestPairForms } from './latestPairForms.js';
import type { Params } from './protocol.js';

const pairText = 'Δw = η₊ a e^(−Δt/τ) A₊(w) for Δt > 0, −η₋ a e^(Δt/τ) A₋(w) for Δt < 0';

/** Whether a half acts on a simultaneous pair, by the name that `coincidence` has for it. */
const together = ({ coincidence }: Params, half: string): boolean => coincidence === 'both' || coincidence === half;

const pairStdp: Form = (params, { w0 }) => {
  if (number(params, 'weightDecay') > 0) return none('the weight decays in every step as well.');
  return {
    text: params['integration'] === 'euler' ? 'Δw = ±η a (dt/τ) (1 − dt/τ)^(|Δt|/dt) A(w), + for Δt > 0' : pairText,
    change: (difference) => {
      const up = difference > 0 || (difference === 0 && together(params, 'potentiation'));
      const down = difference < 0 || (difference === 0 && together(params, 'depression'));
      const plus = up ? number(params, 'etaPlus') * decayed(params, 'tauPre', 'aPre', difference) : 0;
      const minus = down ? number(params, 'etaMinus') * decayed(params, 'tauPost', 'aPost', -difference) : 0;
      return stepped(w0, [{ plus, minus }], params) - w0;
    },
  };
};

/** Signed halves: `post` acts at the output's spike (Δt ≥ 0), `pre` at the input's (Δt ≤ 0). */
const halves =
  (post: string, pre: string, tauPre: string, tauPost: string, modulation: (params: Params, pair: Pair) => number): Form =>
  (params, pair) => ({
    text: 'Δw = η_post e^(−Δt/τ_pre) A(w) for Δt ≥ 0, η_pre e^(Δt/τ_post) A(w) for Δt ≤ 0',
    change: (difference) => {
      const factor = modulation(params, pair);
      const [later, earlier] = [
        difference > 0 || (difference === 0 && together(params, 'post')),
        difference < 0 || (difference === 0 && together(params, 'pre')),
      ];
      const atPost = later ? number(params, post) * Math.exp(-difference / number(params, tauPre)) : 0;
      const atPre = earlier ? number(params, pre) * Math.exp(difference / number(params, tauPost)) : 0;
      return stepped(pair.w0, [signed(atPost * factor, atPre * factor)], params) - pair.w0;
    },
  });

/** A reward in every step meets an eligibility that fades: a geometric series. */
const mstdpet: Form = (params, pair) => {
  if (params['weightDependence'] !== 'additive') return paidInParts;
  const tau = number(params, 'tauEligibility');
  const due = (all: Params, of: Pair) => rewarded(all, of) / tau / (1 - Math.exp(-number(all, 'dt') / tau));
  const { change } = halves('etaPost', 'etaPre', 'tauPre', 'tauPost', due)(params, pair);
  return { text: 'Δw = η e^(−|Δt|/τ) R / (τ_e (1 − e^(−dt/τ_e)))', ...(change && { change }) };
};
const paidInParts = none('the reward is paid bit by bit, and each bit meets another weight.');

const eligibilityStdp: Form = (params, { w0, reward }) => {
  if (params['weightDependence'] !== 'additive') return paidInParts;
  if (number(params, 'weightDecay') > 0) return none('the weight decays in every step as well.');
  const due = reward / (1 - Math.exp(-number(params, 'dt') / number(params, 'tauEligibility')));
  return {
    text: 'Δw = ±η e^(−|Δt|/τ) R / (1 − e^(−dt/τ_e)), + for Δt > 0',
    change: (difference) => {
      const up = difference > 0 || (difference === 0 && together(params, 'potentiation'));
      const down = difference < 0 || (difference === 0 && together(params, 'depression'));
      const plus = up ? number(params, 'etaPlus') * decayed(params, 'tauPre', undefined, difference) : 0;
      const minus = down ? number(params, 'etaMinus') * decayed(params, 'tauPost', undefined, -difference) : 0;
      return stepped(w0, [signed((plus - minus) * due)], params) - w0;
    },
  };
};

const symmetric =
  (alpha: (params: Params) => number, tauPre: string, tauPost: string): Form =>
  (params, { w0 }) => ({
    text: 'Δw = η (e^(−|Δt|/τ) − α)',
    change: (difference) => {
      const eta = number(params, 'eta');
      const near = Math.exp(-Math.abs(difference) / number(params, difference > 0 ? tauPre : tauPost));
      const pairs = difference === 0 ? counted(params['coincidence']) : near;
      const [atPair, alone] = [
        { plus: eta * pairs, minus: 0 },
        { plus: 0, minus: eta * alpha(params) },
      ];
      const both = { plus: atPair.plus, minus: alone.minus };
      return stepped(w0, difference > 0 ? [alone, atPair] : [both], params) - w0;
    },
  });
/** How often a simultaneous pair counts. */
const counted = (coincidence: unknown): number => (coincidence === 'none' ? 0 : coincidence === 'both' ? 2 : 1);

const targetAlpha = (params: Params): number => (2 * number(params, 'targetRate') * number(params, 'tau')) / 1000;

const latencyStdp: Form = (params, { w0 }) => ({
  text: 'Δw = η₊ g(w) for Δt ≥ 0, −η₋ g(w) for Δt < 0: only the order counts',
  change: (difference) => {
    const [plus, minus] = difference >= 0 ? [number(params, 'etaPlus'), 0] : [0, number(params, 'etaMinus')];
    return stepped(w0, [{ plus, minus }], { ...params, hardBound: true }) - w0;
  },
});

const rewardStdp: Form = (params, { w0, reward }) => {
  const [plus, minus] = reward >= 0 ? ['etaPlus', 'etaMinus'] : ['punishedEtaPlus', 'punishedEtaMinus'];
  return {
    text: 'Δw = |R| η₊ g(w) for Δt ≥ 0, −|R| η₋ g(w) for Δt < 0, by the rates for the sign of R',
    change: (difference) => {
      const rate = difference >= 0 ? number(params, plus) : -number(params, minus);
      return stepped(w0, [signed(rate * Math.abs(reward))], { ...params, hardBound: true }) - w0;
    },
  };
};

const fedeStdp: Form = (params, { w0 }) => {
  if (params['gate'] === 'always') return again;
  return {
    text: 'Δw = η₊ e^(−δ) (e − a) − η₋ e^δ (1 − a) for Δt ≥ 0: the only trace is the largest; none, and 0, for Δt < 0; δ = w − w_init',
    change: (difference) => {
      if (difference < 0) return 0;
      const away = w0 - number(params, 'wInit');
      const up = number(params, 'etaPlus') * Math.exp(-away) * (Math.E - number(params, 'a'));
      return up - number(params, 'etaMinus') * Math.exp(away) * (1 - number(params, 'a'));
    },
  };
};

const clopathStdp: Form = (params, { w0 }) => {
  const at = (name: string): number => number(params, name);
  if (at('delay') > 0) return none('it depends on where the delayed potential lies between steps.');
  if (at('uRest') > at('thetaPlus')) return none('at rest above θ₊ the neuron potentiates all the time.');
  const above = (u: number, theta: string): number => Math.max(0, u - at(theta));
  return {
    text: 'Δt < 0: Δw = −η₋ [ū₋ − θ₋]₊, ū₋ falls back from the spike; Δt > 0: η₊ dt x [u − θ₊]₊ [ū₊ − θ₋]₊',
    change: (difference) => {
      const steps = Math.round(-difference / at('dt'));
      const fade = Math.exp(-at('dt') / at('tauMinus'));
      const raised = difference < 0 ? (at('uSpike') - at('uRest')) * (1 - fade) * fade ** (steps - 1) : 0;
      const minus = at('etaMinus') * above(at('uRest') + raised, 'thetaMinus');
      const trace = difference > 0 ? Math.exp(-difference / at('tauPre')) / at('tauPre') : 0;
      const burst = at('dt') * above(at('uSpike'), 'thetaPlus') * above(at('uRest'), 'thetaMinus');
      const plus = at('etaPlus') * trace * burst;
      const parts = [
        { plus: 0, minus },
        { plus, minus: 0 },
      ];
      return stepped(w0, parts, params) - w0;
    },
  };
};

/** What is known of each rule; of another one, nothing is. */
export const forms: { readonly [rule: string]: Form | undefined } = {
  ...latestPairForms,
  pairStdp,
  twoFactorStdp: halves('etaPost', 'etaPre', 'tauPre', 'tauPost', unmodulated),
  mstdp: halves('etaPost', 'etaPre', 'tauPre', 'tauPost', rewarded),
  tripletStdp: halves('etaPostPair', 'etaPrePair', 'tauPreFast', 'tauPostFast', unmodulated),
  mstdpet,
  eligibilityStdp,
  symmetricStdp: symmetric((params) => number(params, 'alpha'), 'tauPre', 'tauPost'),
  vogelsStdp: symmetric(targetAlpha, 'tau', 'tau'),
  latencyStdp,
  rewardStdp,
  fedeStdp,
  clopathStdp,
  homeostasis: () => none('this rule does not pair spikes; it follows how often the output fires.'),
  productRule: () => none('this rule can be anything.'),
};

/** The window of a rule by formula, from complete parameters. */
export function closedForm(rule: string, params: Params, pair: Pair): ClosedForm {
  if (!isKnownDependence(params)) return none('its weight dependence is not written down here.');
  return forms[rule]?.(params, pair) ?? none('for this rule it is not written down here.');
}
