import type { Dice } from './dice.js';
import { golden, numbers } from './numbers.js';
import { outputShape } from './wiring.js';

/** Two layers and what lies between them: dense, or a convolution. */
export function drawnLayers(dice: Dice, conv: boolean) {
  const [steps, batch] = [dice.integer(1, conv ? 4 : 10), dice.integer(1, 3)];
  const wiring = conv
    ? {
        ...(dice.chance(0.5) && { stride: dice.integer(1, 2) }),
        ...(dice.chance(0.5) && { padding: dice.integer(0, 2) }),
        ...(dice.chance(0.5) && { dilation: dice.integer(1, 2) }),
      }
    : {};
  const channels = dice.integer(1, conv ? 2 : 5);
  const pre = [batch, channels, ...(conv ? [dice.integer(4, 6), dice.integer(5, 6)] : [])];
  const shape = [dice.integer(1, conv ? 2 : 4), channels, ...(conv ? [dice.integer(1, 2), dice.integer(1, 3)] : [])];
  const post = outputShape(pre, shape, wiring);
  const inputs = { weight: dice.values(shape), pre: dice.spikes([steps, ...pre]), post: dice.spikes([steps, ...post]) };
  return { wiring, inputs, steps, batch };
}

/** Delays that lie on samples of the record, and between them: clearly, or `barely` as well. */
export const drawnDelays = (dice: Dice, shape: readonly number[], dt: number, most: number, ...barely: readonly number[]) =>
  golden(
    numbers(shape, () => {
      const steps = dice.integer(0, most);
      const between = steps < most && dice.chance(0.5) ? dice.one(0.2, 0.35, 0.65, 0.8, ...barely) : 0;
      return Math.fround((steps + between) * dt);
    }),
  );
