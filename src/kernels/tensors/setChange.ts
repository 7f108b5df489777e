import type { ChangeConstants } from '../constants.js';
import type { RuleKernels } from '../module/ruleKernels.js';

/** Tells the kernels the constants of the changes to come; `share` of each sample counts (1, or 1/batch for a mean). */
export const setChange = (kernels: Pick<RuleKernels, 'setChange'>, constants: ChangeConstants, share = 1): void =>
  kernels.setChange(
    constants.code,
    constants.etaPlus * share,
    constants.etaMinus * share,
    constants.mu,
    constants.wMin,
    constants.wMax,
    constants.low,
    constants.high,
  );
