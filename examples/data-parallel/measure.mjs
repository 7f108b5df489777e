// Where a second worker pays: for layers and batches, the fastest step of one process and of two workers, and what a step takes of all
// processors together. What two workers take more is the price of sharing: on free cores they pay where it is less than half of one
// process's step. The bits are compared too. Run it after `npm run build`: node examples/data-parallel/measure.mjs
import { train } from './train.mjs';

const layers = [
  [196, 100],
  [784, 400],
  [1568, 800],
];
const batches = [64, 256, 1024];

console.log('| layer | batch | one process | two workers | processor, one | processor, two | gain on free cores | bits |');
console.log('|---|---|---|---|---|---|---|---|');
for (const [inputs, outputs] of layers)
  for (const batch of batches) {
    const one = await train({ inputs, outputs, batch }, 1);
    const two = await train({ inputs, outputs, batch }, 2);
    const same = Buffer.from(one.weights.buffer).equals(Buffer.from(two.weights.buffer)) ? 'equal' : 'DIFFERENT';
    const times = [one.milliseconds, two.milliseconds, one.processor, two.processor].map((time) => `${time.toFixed(1)} ms`);
    const sharing = Math.max(0, two.processor - one.processor);
    const gain = one.processor / (one.processor / 2 + sharing);
    console.log(`| ${[`${inputs} × ${outputs}`, batch, ...times, gain.toFixed(2), same].join(' | ')} |`);
  }
