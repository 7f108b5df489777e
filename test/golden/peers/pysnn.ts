import { pysnnFedeStdp, pysnnMstdpet } from '../../../src/papers/pysnn.js';
import { conv2d } from '../../../src/topologies/conv2d.js';
import { dense } from '../../../src/topologies/dense.js';
import type { Family } from '../families.js';
import type { GoldenCase } from '../load.js';

export const isConv = ({ inputs }: GoldenCase): boolean => inputs.weight.shape.length === 4;

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
    return pysnnMstdpet(settings, isConv(golden) ? conv2d({ strides: params.stride, pad: params.padding }) : dense);
  },
};

/** With traces that stay as they are: the cases give them. */
export const fede = {
  cases: 'pysnn_fede__linear_',
  rule: ({ params }: GoldenCase) =>
    pysnnFedeStdp({ lr: params.lr, wInit: params.w_init, a: params.a, traceUpdate: 'linear', tauT: 1 }),
};

export const families: readonly Family[] = [mstdpet, fede];
