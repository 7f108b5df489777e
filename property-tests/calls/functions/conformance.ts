import fc from 'fast-check';
import { type ConformanceOptions, type Law, laws } from '../../../src/conformance/index.js';
import { pairStdp, type Rule, symmetricStdp } from '../../../src/entries/everything.js';
import { type Call, ownCall } from '../call.js';
import { record, value, values } from '../recipes.js';

/** Laws that need no other backend and little time. */
const quick = /^(shapes stay|memory|batch order|JSON)/;

/** The names of the laws, once the quick ones hold. */
async function names(rule: Rule<object>, options?: ConformanceOptions): Promise<readonly string[]> {
  const suite: readonly Law[] = laws(rule, options);
  for (const law of suite) if (quick.test(law.name)) await law.check();
  return suite.map(({ name }) => name);
}

/** What tells whether a rule behaves. */
export const conformanceCalls: readonly Call[] = [
  ownCall(
    'laws',
    fc.constantFrom(pairStdp(), symmetricStdp()).map((rule) => [
      values(rule),
      record({
        ...{ seed: value(3), bounds: value([0, 1]), hebbian: value(false), batchSums: value(false), local: value(true) },
        ...{ backends: value([]), input: values({ reward: 1 }) },
      }),
    ]),
    names,
  ),
];
