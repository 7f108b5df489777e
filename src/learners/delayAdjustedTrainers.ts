import {
  type DelayAdjustedMstdpDelayParams,
  type DelayAdjustedMstdpParams,
  delayAdjustedMstdp,
  delayAdjustedMstdpDelay,
} from '../rules/lastSpike/delayAdjustedMstdp.js';
import {
  type DelayAdjustedStdpDelayParams,
  type DelayAdjustedStdpParams,
  delayAdjustedStdp,
  delayAdjustedStdpDelay,
} from '../rules/lastSpike/delayAdjustedStdp.js';
import { Trainer } from './trainer.js';

/**
 * {@link Trainer} of {@link delayAdjustedStdp}.
 *
 * Source: Inferno `DelayAdjustedSTDP`.
 *
 * @example
 * const trainer = new DelayAdjustedSTDP({ etaMinus: 0.1 });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1], delay: [[2]] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.5 - 0.1 * Math.exp(-2 / 20)]]
 * trainer.dispose();
 */
export class DelayAdjustedSTDP extends Trainer<DelayAdjustedStdpParams> {
  constructor(...given: [params?: Partial<DelayAdjustedStdpParams>]) {
    super('DelayAdjustedSTDP', delayAdjustedStdp, ...given);
  }
}

/**
 * {@link Trainer} of {@link delayAdjustedStdpDelay}.
 *
 * Source: Inferno `DelayAdjustedSTDPD`.
 *
 * @example
 * const trainer = new DelayAdjustedSTDPD({ etaPlus: 0.1 });
 * const unit = trainer.registerCell('output', { w: [[2]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[2 + 0.1 * Math.exp(-2 / 20)]]
 * trainer.dispose();
 */
export class DelayAdjustedSTDPD extends Trainer<DelayAdjustedStdpDelayParams> {
  constructor(...given: [params?: Partial<DelayAdjustedStdpDelayParams>]) {
    super('DelayAdjustedSTDPD', delayAdjustedStdpDelay, ...given);
  }
}

/**
 * {@link Trainer} of {@link delayAdjustedMstdp}.
 *
 * Source: Inferno `DelayAdjustedMSTDP`.
 *
 * @example
 * const trainer = new DelayAdjustedMSTDP({ etaPlus: 0.1 });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1], reward: -2 });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.3]]
 * trainer.dispose();
 */
export class DelayAdjustedMSTDP extends Trainer<DelayAdjustedMstdpParams> {
  constructor(...given: [params?: Partial<DelayAdjustedMstdpParams>]) {
    super('DelayAdjustedMSTDP', delayAdjustedMstdp, ...given);
  }
}

/**
 * {@link Trainer} of {@link delayAdjustedMstdpDelay}.
 *
 * Source: Inferno `DelayAdjustedMSTDPD`.
 *
 * @example
 * const trainer = new DelayAdjustedMSTDPD({ etaPlus: 0.1 });
 * const unit = trainer.registerCell('output', { w: [[2]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1], reward: -2 });
 * trainer.apply();
 * unit.getParameter().print();   // => [[2 - 0.2 * Math.exp(-2 / 20)]]
 * trainer.dispose();
 */
export class DelayAdjustedMSTDPD extends Trainer<DelayAdjustedMstdpDelayParams> {
  constructor(...given: [params?: Partial<DelayAdjustedMstdpDelayParams>]) {
    super('DelayAdjustedMSTDPD', delayAdjustedMstdpDelay, ...given);
  }
}
