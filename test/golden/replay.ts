import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { kernelsWanted, runs, sample, targetBackend } from '../target.js';
import { expectSame } from './compare.js';
import { type Form, isWords } from './form.js';
import { allForms, casesOfForm } from './forms.js';
import type { GoldenCase } from './load.js';
import { dice } from './loops/dice.js';
import { range } from './loops/numbers.js';
import { metered } from './meter.js';

/** Where what no target could change is tried. */
export const once = targetBackend === 'wasm' && kernelsWanted;

/** Another case of a form, which no peer ran. */
export function drawn({ cases, loops }: Form, seed: number): GoldenCase {
  const made = { source: 'plain loops', case: `${cases} drawn with seed ${seed}`, expected: {}, ...loops.draw(dice(seed)) };
  return { ...made, expected: loops.expected(made) };
}

/** Checks a case; if thoroughly, finds what was not read of it. */
export async function checkAll(form: Form, golden: GoldenCase, thoroughly = true): Promise<void> {
  const meter = metered(golden);
  tf.engine().startScope();
  try {
    await form.check(meter.read, thoroughly);
  } finally {
    tf.engine().endScope();
  }
  if (!thoroughly) return;
  const excused = Object.keys(form.unread?.(golden) ?? {});
  const unread = meter.unread().filter((path) => !isWords(path) && !excused.some((field) => covers(field, path)));
  expect(unread, 'recorded, but never read').toEqual([]);
}

/** Whether a field is a place, or holds it; places in lists may be left open: `cases[].on`. */
export function covers(field: string, path: string): boolean {
  const within = (place: string) => place === field || place.startsWith(`${field}.`) || place.startsWith(`${field}[`);
  return within(path) || within(path.replaceAll(/\[[\d…]+\]/g, '[]'));
}

/** The tests of all forms of a peer: its own cases, and others. */
export function replay(peer: string): void {
  const forms = allForms.filter(({ cases }) => cases.startsWith(peer));
  describe.each(forms)('$cases', (form) => {
    const cases = casesOfForm(form);
    const thorough = new Set(sample(cases).map(([name]) => name));
    it.each(cases)('%s', async (name, golden) => {
      await checkAll(form, golden, thorough.has(name));
    });

    it.runIf(once).each(cases)('%s: plain loops give what the peer recorded', (_, golden) => {
      expectSame(form.loops.expected(golden), golden.expected);
    });

    it.each(range(runs(6)))('case %i of the same form that no peer ran', async (seed) => {
      await checkAll(form, drawn(form, seed));
    });
  });
}
