import type { Family } from '../families.js';
import type { Form } from '../form.js';
import { byStep, replayedForm } from '../infernoReplay.js';
import * as loops from '../loops/infernoTraceRules.js';
import { hasDelay, traceRules, twoFactor } from '../peers/inferno.js';

const [, triplet, mstdp, mstdpet] = traceRules as readonly [Family, Family, Family, Family];

/** With delays of whole steps a record that is looked back into is the same as spikes that come late: the peer crashes there. */
const lookingBack: Form['check'] = async (golden, thoroughly) => {
  const { params, inputs } = golden;
  if (!hasDelay(golden) || params.delayed || !thoroughly) return;
  if (!inputs.delay.data.every((delay: number) => Math.abs(delay - params.dt * Math.round(delay / params.dt)) < 1e-6)) return;
  const delayed = { ...golden, params: { ...params, delayed: 1, interp_tolerance: 1e-6 } };
  await byStep(delayed, triplet.rule(delayed));
};

const triplets = replayedForm('inferno_triplet__', triplet, loops.triplet);

export const forms: readonly Form[] = [
  replayedForm('inferno_stdp__', twoFactor, loops.stdp),
  replayedForm('inferno_stdp_conv__', twoFactor, loops.stdpConv),
  {
    ...triplets,
    check: async (golden, thoroughly) => {
      await triplets.check(golden, thoroughly);
      await lookingBack(golden, thoroughly);
    },
  },
  replayedForm('inferno_mstdp__', mstdp, loops.mstdp),
  replayedForm('inferno_mstdpet__', mstdpet, loops.mstdpet),
  replayedForm('inferno_bound__', twoFactor, loops.bounded),
];
