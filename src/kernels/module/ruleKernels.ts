import { kernelModule } from './kernelModule.js';
import { binary, type RuleKernels } from './rules/binary.js';

export type { RuleKernels } from './rules/binary.js';

/** The kernels of rules and traces. */
export const ruleKernels = /* @__PURE__ */ kernelModule<RuleKernels>(binary, () => import('./rules/plain.js'));
