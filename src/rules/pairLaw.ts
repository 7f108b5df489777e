import type { PairLaw } from '../kernels/laws.js';
import { traceLaw } from '../traces/exponentialTrace.js';
import { changeLaw } from '../updates/fusedChange.js';
import { presentInSides } from './coincidence.js';
import type { PairStdpParams } from './pairStdpParams.js';

/** The pair rule in numbers for the kernels; `undefined` where a parameter differs between neurons or is a function. */
export function pairLaw(params: PairStdpParams): PairLaw | undefined {
  const { dt, integration, traceMode, coincidence, batchReduction } = params;
  if (traceMode !== 'nearest' && traceMode !== 'cumulative') return undefined;
  if (batchReduction !== 'sum' && batchReduction !== 'mean') return undefined;
  const present = presentInSides(coincidence);
  const shared = { dt, integration, traceMode };
  const pre = traceLaw({ tau: params.tauPre, amplitude: params.aPre, ...shared });
  const post = traceLaw({ tau: params.tauPost, amplitude: params.aPost, ...shared });
  const change = changeLaw(params, params);
  if (pre === undefined || post === undefined || change === undefined) return undefined;
  return {
    pre,
    post,
    presentPre: present.pre,
    presentPost: present.post,
    change,
    mean: batchReduction === 'mean',
  };
}
