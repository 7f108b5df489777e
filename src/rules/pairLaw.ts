import type { Numeric } from '../core/validation.js';
import type { PairLaw, TraceLaw } from '../kernels/pairStep.js';
import type { Integration } from '../traces/exponentialTrace.js';
import { changeLaw } from '../updates/applyDelta.js';
import type { PairStdpParams } from './pairStdpParams.js';

/** The pair rule in numbers for the kernels; `undefined` where a parameter differs between neurons or is a function. */
export function pairLaw(params: PairStdpParams): PairLaw | undefined {
  const { dt, integration, traceMode, coincidence, batchReduction } = params;
  const change = changeLaw(params, params);
  const nearest = traceMode === 'nearest';
  if (change === undefined || (!nearest && traceMode !== 'cumulative')) return undefined;
  if (batchReduction !== 'sum' && batchReduction !== 'mean') return undefined;
  const pre = traceLaw(params.tauPre, params.aPre, dt, integration, nearest);
  const post = traceLaw(params.tauPost, params.aPost, dt, integration, nearest);
  return (
    pre &&
    post && {
      pre,
      post,
      presentPre: coincidence === 'both' || coincidence === 'potentiation',
      presentPost: coincidence === 'both' || coincidence === 'depression',
      change,
      mean: batchReduction === 'mean',
    }
  );
}

/** Rounded as the tensors of the composition are, so that both agree to the last bit. */
function traceLaw(
  tau: Numeric,
  amplitude: Numeric,
  dt: number,
  integration: Integration,
  nearest: boolean,
): TraceLaw | undefined {
  if (typeof tau !== 'number' || typeof amplitude !== 'number') return undefined;
  const exact = integration === 'exact';
  return {
    decay: Math.fround(exact ? Math.exp(-dt / tau) : 1 - dt / tau),
    height: exact ? Math.fround(amplitude) : Math.fround(Math.fround(amplitude) * Math.fround(dt / tau)),
    nearest,
  };
}
