import { again, type Form, number, rewarded, unmodulated } from './form.js';
import { kernelAt, signed, stepped } from './formulas.js';
import type { Params } from './protocol.js';

const kernelText = 'Δw = K₊(Δt) for Δt ≥ 0, K₋(Δt) for Δt < 0';

/** Rules over the latest pair: any window of Δ; delays that learn shift it. */
const latestPair =
  (window: (params: Params, difference: number) => number, text: string, modulation: typeof rewarded = unmodulated): Form =>
  (params, pair) => {
    if (params['gate'] === 'always') return again;
    const bounds =
      'maxDelay' in params && !('wMax' in params) ? { wMin: 0, wMax: number(params, 'maxDelay'), hardBound: true } : params;
    const shift = bounds === params ? 0 : pair.w0;
    return {
      text: shift === 0 && bounds === params ? text : `${text}, at Δt − delay`,
      change: (difference) => {
        const change = window(params, difference - shift) * modulation(params, pair);
        return stepped(pair.w0, [signed(change)], bounds) - pair.w0;
      },
    };
  };

const kernels = (params: Params, difference: number): number =>
  kernelAt(params[difference >= 0 ? 'kernelPost' : 'kernelPre'], Math.abs(difference));

const rates = (params: Params, difference: number): number =>
  difference >= 0
    ? number(params, 'etaPlus') * Math.exp(-difference / number(params, 'tauPlus'))
    : -number(params, 'etaMinus') * Math.exp(difference / number(params, 'tauMinus'));

/** Of a delay: what comes in time comes still earlier. */
const delayRates = (params: Params, difference: number): number =>
  difference >= 0
    ? -number(params, 'etaMinus') * Math.exp(-difference / number(params, 'tauMinus'))
    : number(params, 'etaPlus') * Math.exp(difference / number(params, 'tauPlus'));

const ratesText = 'Δw = η₊ e^(−Δt/τ₊) for Δt ≥ 0, −η₋ e^(Δt/τ₋) for Δt < 0';
const delayText = 'Δdelay = −η₋ e^(−Δ/τ₋) for Δ ≥ 0, η₊ e^(Δ/τ₊) for Δ < 0';
const delayKernelText = 'Δdelay = K₊(Δ) for Δ ≥ 0, K₋(Δ) for Δ < 0';

/** The closed forms of rules that pair each neuron's latest spike. */
export const latestPairForms: { readonly [rule: string]: Form } = {
  kernelStdp: latestPair(kernels, kernelText),
  delayAdjustedKernelStdp: latestPair(kernels, kernelText),
  delayAdjustedKernelStdpDelay: latestPair(kernels, delayKernelText),
  delayAdjustedStdp: latestPair(rates, ratesText),
  delayAdjustedMstdp: latestPair(rates, ratesText, rewarded),
  delayAdjustedStdpDelay: latestPair(delayRates, delayText),
  delayAdjustedMstdpDelay: latestPair(delayRates, delayText, rewarded),
};
