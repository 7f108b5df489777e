import {
  type DelayAdjustedKernelStdpDelayParams,
  type DelayAdjustedKernelStdpParams,
  delayAdjustedKernelStdp,
  delayAdjustedKernelStdpDelay,
} from '../rules/lastSpike/delayAdjustedKernelStdp.js';
import { type KernelStdpParams, kernelStdp } from '../rules/lastSpike/kernelStdp.js';
import { Trainer } from './trainer.js';

/**
 * {@link Trainer} of {@link kernelStdp}.
 *
 * Source: Inferno `KernelSTDP`.
 *
 * @example
 * const trainer = new KernelSTDP({ kernelPost: { kernel: 'constant', eta: 0.1, tau: 20 } });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.6]]
 * trainer.dispose();
 */
export class KernelSTDP extends Trainer<KernelStdpParams> {
  constructor(...given: [params?: Partial<KernelStdpParams>]) {
    super('KernelSTDP', kernelStdp, ...given);
  }
}

/**
 * {@link Trainer} of {@link delayAdjustedKernelStdp}.
 *
 * Source: Inferno `DelayAdjustedKernelSTDP`.
 *
 * @example
 * const trainer = new DelayAdjustedKernelSTDP({ kernelPre: { kernel: 'constant', eta: -0.1, tau: 20 } });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1], delay: [[2]] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.4]]
 * trainer.dispose();
 */
export class DelayAdjustedKernelSTDP extends Trainer<DelayAdjustedKernelStdpParams> {
  constructor(...given: [params?: Partial<DelayAdjustedKernelStdpParams>]) {
    super('DelayAdjustedKernelSTDP', delayAdjustedKernelStdp, ...given);
  }
}

/**
 * {@link Trainer} of {@link delayAdjustedKernelStdpDelay}.
 *
 * Source: Inferno `DelayAdjustedKernelSTDPD`.
 *
 * @example
 * const trainer = new DelayAdjustedKernelSTDPD({ kernelPre: { kernel: 'constant', eta: 0.1, tau: 20 } });
 * const unit = trainer.registerCell('output', { w: [[2]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[2.1]]
 * trainer.dispose();
 */
export class DelayAdjustedKernelSTDPD extends Trainer<DelayAdjustedKernelStdpDelayParams> {
  constructor(...given: [params?: Partial<DelayAdjustedKernelStdpDelayParams>]) {
    super('DelayAdjustedKernelSTDPD', delayAdjustedKernelStdpDelay, ...given);
  }
}
