import type { ChangeLaw } from '../laws.js';
import type { Kernels } from '../wasm/binary.js';

/** Tells the kernels the law of the changes to come; `share` of each sample counts (1, or 1/batch for a mean). */
export const setLaw = (kernels: Pick<Kernels, 'setLaw'>, law: ChangeLaw, share = 1): void =>
  kernels.setLaw(law.code, law.etaPlus * share, law.etaMinus * share, law.mu, law.wMin, law.wMax, law.low, law.high);
