import { describe, it } from 'vitest';
import { casesOf } from './families.js';
import { agreement, expectClose, goldenTensor } from './load.js';
import { delayAdjusted } from './peers/inferno.js';
import { at } from './series.js';

describe.each(delayAdjusted)('$cases', (family) => {
  it.each(casesOf(family))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const learns = expected.delay === undefined ? 'weight' : 'delay';
    const stepper = family.rule(golden);
    const delay = goldenTensor(inputs.delay, [1, 0]);
    let w = goldenTensor(inputs[learns], [1, 0]);
    let state = stepper.init({ pre: inputs.pre.shape.slice(1), post: inputs.post.shape.slice(1) });
    for (let time = 0; time < inputs.pre.shape[0]; time++) {
      const [pre, post] = [goldenTensor(at(inputs.pre, time)), goldenTensor(at(inputs.post, time))];
      const reward = inputs.signal === undefined ? undefined : goldenTensor(at(inputs.signal, time));
      const input = { pre, post, ...(learns === 'weight' && { delay }), ...(reward !== undefined && { reward }) };
      [w, state] = stepper.step(input, w, state);
      await expectClose(w, at(expected[learns], time), agreement, [1, 0]);
    }
  });
});
