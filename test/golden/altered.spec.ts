import { describe, expect, it } from 'vitest';
import { expectSame } from './compare.js';
import type { Form } from './form.js';
import { allForms, casesOfForm } from './forms.js';
import type { GoldenCase } from './load.js';
import { type Dice, dice } from './loops/dice.js';
import { covers, drawn, once } from './replay.js';

/** A place under `expected`, and another value for it. */
interface Alteration {
  readonly path: readonly string[];
  readonly value: number;
}

const other = (value: number, binary: boolean): number => (binary ? 1 - value : value + 0.02 * Math.max(1, Math.abs(value)));

/** One altered value in each list of numbers, and each number that stands alone. */
function alterations(found: unknown, dice: Dice, path: readonly string[] = []): readonly Alteration[] {
  if (typeof found === 'number') return [{ path, value: other(found, false) }];
  if (typeof found !== 'object' || found === null) return [];
  if (!Array.isArray(found) || found.some((entry) => typeof entry === 'object'))
    return Object.entries(found).flatMap(([key, entry]) => (isWord(key) ? [] : alterations(entry, dice, [...path, key])));
  if (found.length === 0) return [];
  const place = dice.integer(0, found.length - 1);
  const number = Number(found[place]);
  const binary = found.every((entry) => entry === 0 || entry === 1);
  return [{ path: [...path, String(place)], value: Number.isFinite(number) ? other(number, binary) : 0.5 }];
}

/** Shapes are altered nowhere: what holds them would be no tensor any more. */
const isWord = (key: string): boolean => key === 'shape' || key === 'dtype';

const withAltered = (found: unknown, [key, ...rest]: readonly string[], value: number): unknown => {
  if (key === undefined) return value;
  if (Array.isArray(found)) return found.map((entry, index) => (String(index) === key ? withAltered(entry, rest, value) : entry));
  return Object.fromEntries(
    Object.entries(Object(found)).map(([name, entry]) => [name, name === key ? withAltered(entry, rest, value) : entry]),
  );
};

const fails = async (check: () => unknown): Promise<boolean> => {
  try {
    await check();
    return false;
  } catch {
    return true;
  }
};

/** What is altered in a case without being noticed. What goes in may stand under `expected` too: the loops take it as it is. */
async function unnoticed(form: Form, golden: GoldenCase, dice: Dice): Promise<readonly string[]> {
  const missed: string[] = [];
  const skipped = Object.keys(form.unread?.(golden) ?? {});
  for (const { path, value } of alterations(golden.expected, dice)) {
    if (skipped.some((field) => covers(field, ['expected', ...path].join('.')))) continue;
    const altered = { ...golden, expected: withAltered(golden.expected, path, value) as object };
    if (await fails(() => form.check(altered, true))) continue;
    if (await fails(() => expectSame(form.loops.expected(altered), altered.expected))) missed.push(path.join('.'));
  }
  return missed;
}

describe.runIf(once)('a recorded value that is wrong is noticed', () => {
  it.each(allForms)('$cases', async (form) => {
    const recorded = casesOfForm(form).filter((_, index, { length }) => index === 0 || index === length - 1);
    for (const [name, golden] of [...recorded, ['drawn', drawn(form, 1)] as const])
      expect(await unnoticed(form, golden, dice(name.length)), name).toEqual([]);
  });
});
