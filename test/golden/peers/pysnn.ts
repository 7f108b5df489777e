import { pysnnFedeStdp, pysnnMstdpet } from '../../../src/papers/pysnn.js';
import { tauOfDecay } from '../../../src/traces/linearTrace.js';
import type { Family } from '../families.js';
import type { GoldenCase } from '../load.js';
import { isConv, topologyOf } from '../topology.js';

/** PySNN's update in our terms: a linear one is exact with the time constant that leaves the same fraction. */
export const decays = (update: string, value: number, dt: number) =>
  update === 'linear'
    ? ({ tau: tauOfDecay(value, dt), integration: 'exact' } as const)
    : ({ tau: value, integration: 'euler' } as const);

/** PySNN's neurons in our terms; those without `tau_v` never leak. */
export function neuron({ dt, thresh, v_rest, alpha_v, duration_refrac, update = 'exponential', tau_v }: GoldenCase['params']) {
  const { tau, integration } = tau_v === undefined ? decays('linear', 1, dt) : decays(update, tau_v, dt);
  const shared = { dt, vTh: thresh, vRest: v_rest, vReset: v_rest, gain: alpha_v, tauRefractory: duration_refrac };
  return { ...shared, tauMem: tau, integration };
}

export const mstdpet = {
  cases: 'pysnn_mstdpet__',
  rule: (golden: GoldenCase) => {
    const { params } = golden;
    const settings = {
      aPre: params.a_pre,
      aPost: params.a_post,
      lr: params.lr,
      eTraceDecay: params.e_trace_decay,
      traceUpdate: params.trace_update,
      tauT: params.tau_t,
      alphaT: params.alpha_t,
      dt: params.dt,
    };
    return pysnnMstdpet(settings, topologyOf(golden));
  },
};

/** With traces that stay as they are: the cases give them. Of convolutions, and in silence, the peer's own way is another. */
export const fede = {
  cases: 'pysnn_fede__',
  apart: (golden: GoldenCase) => isConv(golden) || golden.inputs.trace.data.every((value: number) => value === 0),
  rule: ({ params }: GoldenCase) =>
    pysnnFedeStdp({ lr: params.lr, wInit: params.w_init, a: params.a, traceUpdate: 'linear', tauT: 1 }),
};

export const families: readonly Family[] = [mstdpet, fede];
