import { type HomeostasisParams, homeostasis } from '../rules/homeostasis/homeostasis.js';
import { Trainer } from './trainer.js';

/**
 * {@link Trainer} of {@link homeostasis}.
 *
 * Source: Inferno `LinearHomeostasis`.
 *
 * @example
 * const trainer = new LinearHomeostasis({ plasticity: 0.1, target: 0.5 });
 * const unit = trainer.registerCell('output', { w: [[0.5]], pre: [1], post: [1] });
 * trainer.step(unit, { pre: [0], post: [1] });
 * trainer.apply();
 * unit.getParameter().print();   // => [[0.4]]
 * trainer.dispose();
 */
export class LinearHomeostasis extends Trainer<HomeostasisParams> {
  constructor(...given: [params?: Partial<HomeostasisParams>]) {
    super('LinearHomeostasis', homeostasis, ...given);
  }
}
