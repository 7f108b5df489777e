import type { PairConstants } from '../../kernels/constants.js';
import { traceConstants } from '../../traces/exponentialTrace.js';
import { changeConstants } from '../../updates/fusedChange.js';
import { presentInSides } from '../coincidence.js';
import type { PairStdpParams } from './pairStdpParams.js';

/** The pair rule in numbers for the kernels; `undefined` where a parameter differs between neurons or is a function. */
export function pairConstants(params: PairStdpParams): PairConstants | undefined {
  const { dt, integration, traceMode, coincidence, batchReduction } = params;
  if (traceMode !== 'nearest' && traceMode !== 'cumulative') return undefined;
  if (batchReduction !== 'sum' && batchReduction !== 'mean') return undefined;
  const present = presentInSides(coincidence);
  const shared = { dt, integration, traceMode };
  const pre = traceConstants({ tau: params.tauPre, amplitude: params.aPre, ...shared });
  const post = traceConstants({ tau: params.tauPost, amplitude: params.aPost, ...shared });
  const change = changeConstants(params, params);
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
