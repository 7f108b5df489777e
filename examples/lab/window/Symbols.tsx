import type { RuleSchema } from './protocol.js';

/** What a symbol of the formulas is called among parameters: those of a side each where there are two. */
const names: readonly (readonly [symbol: string, RegExp, readonly string[]])[] = [
  ['η', /η(?![_₊₋])/, ['eta', 'etaPlus', 'etaMinus', 'etaPost', 'etaPre']],
  ['η₊', /η₊/, ['etaPlus']],
  ['η₋', /η₋/, ['etaMinus']],
  ['η_post', /η_post/, ['etaPost', 'etaPostPair']],
  ['η_pre', /η_pre/, ['etaPre', 'etaPrePair']],
  ['τ', /τ(?!_)/, ['tau', 'tauPre', 'tauPost', 'tauPlus', 'tauMinus']],
  ['τ_pre', /τ_pre/, ['tauPre']],
  ['τ_post', /τ_post/, ['tauPost']],
  ['τ_e', /τ_e/, ['tauEligibility']],
  ['a', /\ba\b/, ['a', 'aPre', 'aPost']],
  ['α', /α/, ['alpha', 'targetRate']],
  ['θ₊, θ₋', /θ/, ['thetaPlus', 'thetaMinus']],
  ['A(w), g(w)', /[Ag]\(w\)/, ['weightDependence']],
  ['w_init', /w_init/, ['wInit']],
];

/** Which of a rule's parameters the symbols in a formula stand for. */
export function Symbols({ formula, rule }: { readonly formula: string; readonly rule: RuleSchema }) {
  const known = new Set(rule.params.map(({ path }) => path[0]));
  const told = names.flatMap(([symbol, written, candidates]) => {
    const present = candidates.filter((name) => known.has(name));
    return written.test(formula) && present.length > 0 ? [`${symbol}: ${present.join(', ')}`] : [];
  });
  return told.length === 0 ? null : <p class="hint">{told.join(' · ')}</p>;
}
