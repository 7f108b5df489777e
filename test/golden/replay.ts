import { describe, expect, it } from 'vitest';
import { runs, sample } from '../target.js';
import { expectSame } from './compare.js';
import { type Form, words } from './form.js';
import { allForms, casesOfForm } from './forms.js';
import type { GoldenCase } from './load.js';
import { dice } from './loops/dice.js';
import { range } from './loops/numbers.js';
import { metered } from './meter.js';

/** Another case of a form, which no peer ran. */
export function drawn({ cases, loops }: Form, seed: number): GoldenCase {
  const made = { source: 'plain loops', case: `${cases} drawn with seed ${seed}`, expected: {}, ...loops.draw(dice(seed)) };
  return { ...made, expected: loops.expected(made) };
}

/** Checks a case; if thoroughly, finds what was not read of it. */
export async function checkAll(form: Form, golden: GoldenCase, thoroughly = true): Promise<void> {
  const meter = metered(golden);
  await form.check(meter.read, thoroughly);
  if (!thoroughly) return;
  const known = Object.keys({ ...words, ...form.unread?.(golden) });
  const isKnown = (path: string) => known.some((field) => path.startsWith(field) || anywhere(path).startsWith(field));
  const unread = meter.unread().filter((path) => !path.endsWith('.dtype') && !isKnown(path));
  expect(unread, 'recorded, but never read').toEqual([]);
}

/** A path whose places in lists are left open: `cases[3].on` is `cases[].on`. */
const anywhere = (path: string): string => path.replaceAll(/\[[\d…]+\]/g, '[]');

/** The tests of all forms of a peer: its own cases, and others. */
export function replay(peer: string): void {
  const forms = allForms.filter(({ cases }) => cases.startsWith(peer));
  describe.each(forms)('$cases', (form) => {
    const cases = casesOfForm(form);
    const thorough = new Set(sample(cases).map(([name]) => name));
    it.each(cases)('%s', async (name, golden) => {
      await checkAll(form, golden, thorough.has(name));
    });

    it.each(cases)('%s: plain loops give what the peer recorded', (_, golden) => {
      expectSame(form.loops.expected(golden), golden.expected);
    });

    it.each(range(runs(6)))('case %i of the same form that no peer ran', async (seed) => {
      await checkAll(form, drawn(form, seed));
    });
  });
}
