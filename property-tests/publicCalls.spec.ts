import fc from 'fast-check';
import { expect, it } from 'vitest';
import { targetBackend } from '../test/target.js';
import { calls } from './calls/functions/all.js';
import { check } from './calls/outcome.js';
import { slips } from './calls/slips.js';

/** How many cases, over all functions: most where they are quick. The seed is that of all of them. */
const usual = { wasm: 20_000, cpu: 2000, webgpu: 400, cuda: 2000 };
const cases = Number(import.meta.env['CALLS_CASES'] ?? usual[targetBackend]);
const seed = Number(import.meta.env['CALLS_SEED'] ?? 1);

const runs = Math.ceil(cases / calls.length);

it.each(calls.map((call) => [call.name, call] as const))(
  '%s answers right or refuses in words',
  async (_, call) => {
    const counts = { answered: 0, refused: 0, skipped: 0 };
    await fc.assert(
      fc.asyncProperty(call.args, slips, async (args, made) => {
        counts[await check(call, { args, slips: made })]++;
      }),
      { numRuns: runs, seed, endOnFailure: false },
    );
    expect(counts.answered + counts.refused + counts.skipped, 'cases').toBe(runs);
    if (runs > 50) expect(counts.answered, 'answers').toBeGreaterThan(0);
  },
  3_600_000,
);
