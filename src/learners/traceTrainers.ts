import { type TwoFactorStdpParams, twoFactorStdp } from '../rules/pair/twoFactorStdp.js';
import { type MstdpParams, mstdp } from '../rules/reward/mstdp.js';
import { type MstdpetParams, mstdpet } from '../rules/reward/mstdpet.js';
import type { TripletStdpParams } from '../rules/triplet/tripletStdp.js';
import { tripletStdp } from '../rules/triplet/tripletStdp.js';
import { Trainer } from './trainer.js';

/**
 * {@link Trainer} of {@link twoFactorStdp}.
 *
 * Source: Inferno `STDP`.
 *
 * @example
 * const trainer = new STDP({ etaPost: 0.1 });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.5 + 0.1 - 0.001]]
 * trainer.dispose();
 */
export class STDP extends Trainer<TwoFactorStdpParams> {
  constructor(...given: [params?: Partial<TwoFactorStdpParams>]) {
    super('STDP', twoFactorStdp, ...given);
  }
}

/**
 * {@link Trainer} of {@link tripletStdp}.
 *
 * Source: Inferno `TripletSTDP`.
 *
 * @example
 * const trainer = new TripletSTDP({ etaPostPair: 0.1, etaPrePair: 0 });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.6]]
 * trainer.dispose();
 */
export class TripletSTDP extends Trainer<TripletStdpParams> {
  constructor(...given: [params?: Partial<TripletStdpParams>]) {
    super('TripletSTDP', tripletStdp, ...given);
  }
}

/**
 * {@link Trainer} of {@link mstdp}.
 *
 * Source: Inferno `MSTDP`.
 *
 * @example
 * const trainer = new MSTDP({ etaPost: 0.1, etaPre: 0.2 });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1], reward: -1 });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.2]]
 * trainer.dispose();
 */
export class MSTDP extends Trainer<MstdpParams> {
  constructor(...given: [params?: Partial<MstdpParams>]) {
    super('MSTDP', mstdp, ...given);
  }
}

/**
 * {@link Trainer} of {@link mstdpet}.
 *
 * Source: Inferno `MSTDPET`.
 *
 * @example
 * const trainer = new MSTDPET({ etaPost: 0.1, etaPre: 0.2, tauEligibility: 10 });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [1], post: [1], reward: -1 });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.47]]
 * trainer.dispose();
 */
export class MSTDPET extends Trainer<MstdpetParams> {
  constructor(...given: [params?: Partial<MstdpetParams>]) {
    super('MSTDPET', mstdpet, ...given);
  }
}
