import { ensureFields } from '../../core/params/ensureFields.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import { checkedBytes, checkLength } from '../checked/arrays.js';
import { fieldsOf } from '../checked/images.js';
import { mostPixels } from './spec/encoderSpec.js';
import type { SpikeTimes } from './spikeTimes.js';

/**
 * Spike times that are as many as they are said to be. (Bytes are not looked at one by one: any beyond the last step means never.)
 *
 * @throws {StdpError} that names what is wrong of them.
 */
export function checkedTimes(given: SpikeTimes, where: string): SpikeTimes {
  const { values, count, height, width, channels, steps } = fieldsOf(given, where, 'times');
  ensureFields(given, ['values', 'count', 'height', 'width', 'channels', 'steps'], where, 'times');
  ensureIs(integerFrom(0), count, where, 'times.count');
  ensureIs(integerFrom(1, mostPixels), height, where, 'times.height');
  ensureIs(integerFrom(1, mostPixels), width, where, 'times.width');
  ensureIs(integerFrom(1), channels, where, 'times.channels');
  ensureIs(integerFrom(1, 255), steps, where, 'times.steps');
  const bytes = checkedBytes(values, where, 'times.values');
  const why = `[count, height, width, channels] = [${[count, height, width, channels].join(', ')}]`;
  checkLength(bytes, count * height * width * channels, where, 'times.values', why);
  return { values: bytes, count, height, width, channels, steps };
}
