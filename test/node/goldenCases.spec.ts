import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allForms, isOf } from '../golden/forms.js';
import { type GoldenCase, goldenCases, goldenNames } from '../golden/load.js';
import { metered, unmetered } from '../golden/meter.js';

/** Why a case can't be checked as it is; undefined when it can. */
function problem(name: string, golden: GoldenCase): string | undefined {
  const named = allForms.filter(({ cases }) => name.startsWith(cases));
  if (named.length === 0) return `${name}: no form of test/golden/forms begins with such a name`;
  const forms = named.filter((form) => isOf(form, name, golden));
  if (forms.length === 1) return undefined;
  return `${name}: its fields are those of ${forms.length} forms called ${named[0]?.cases}…, one is needed`;
}

describe('the golden cases', () => {
  it('are each of one known form: whatever is put into the folder is checked', () => {
    expect(goldenCases('').flatMap(([name, golden]) => problem(name, golden) ?? [])).toEqual([]);
    expect(goldenNames.length).toBeGreaterThanOrEqual(267);
  });

  it('are replayed by some spec, whatever their form', () => {
    const folder = resolve(import.meta.dirname, '../golden');
    const specs = readdirSync(folder).filter((file) => file.endsWith('.spec.ts'));
    const texts = specs.map((file) => readFileSync(join(folder, file), 'utf8'));
    const peers = texts.flatMap((text) => /^replay\('(\w+)'\);$/m.exec(text)?.slice(1) ?? []);
    expect(allForms.filter(({ cases }) => !peers.some((peer) => cases.startsWith(peer)))).toEqual([]);
  });

  it('are there for every form', () => {
    const unused = allForms.filter((form) => !goldenCases(form.cases).some(([name, golden]) => isOf(form, name, golden)));
    expect(unused.map(({ cases }) => cases)).toEqual([]);
  });

  it('are refused with a clear message when nobody knows what to do with them', () => {
    const [[, golden]] = goldenCases('norse_stdp_linear__') as [[string, GoldenCase]];
    expect(problem('norse_stdp_linear__other', golden)).toBeUndefined();
    expect(problem('nengo_pes__0', golden)).toBe('nengo_pes__0: no form of test/golden/forms begins with such a name');
  });

  it('are of single forms only: two that claim a case are told apart by its fields', () => {
    const [[, golden]] = goldenCases('spyketorch_kwinners__0') as [[string, GoldenCase]];
    const unclear = { ...golden, expected: { ...golden.expected, spikes: golden.inputs.spikes } };
    const message = 'its fields are those of 2 forms called spyketorch_kwinners__…, one is needed';
    expect(problem('spyketorch_kwinners__unclear', unclear)).toBe(`spyketorch_kwinners__unclear: ${message}`);
  });
});

describe('the meter of what is read', () => {
  const whole = {
    params: { dt: 1, empty: {} },
    expected: { w: { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] }, pos: null, none: [] },
  };

  it('names every value that nobody looked at, neighbours together', () => {
    expect(metered(whole).unread()).toEqual([
      ...['params.dt', 'expected.pos', 'expected.none'],
      ...['expected.w.shape[0…1]', 'expected.w.data[0…5]'],
    ]);
  });

  it('sees what is read in whatever way: by name, by place, by a slice, by all entries', () => {
    const { read, unread } = metered(whole);
    expect(read.params.dt).toBe(1);
    expect(read.expected.w.data.slice(1, 3)).toEqual([2, 3]);
    expect([...read.expected.w.shape]).toEqual([2, 3]);
    expect(unread()).toEqual(['expected.pos', 'expected.none', 'expected.w.data[0]', 'expected.w.data[3…5]']);
    expect(Object.entries(read.expected).map(([name]) => name)).toEqual(['w', 'pos', 'none']);
    expect(read.expected.w.data.map(Number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(unread()).toEqual([]);
  });

  it('does not count what is computed apart', () => {
    const { read, unread } = metered(whole);
    expect(unmetered(read)).toBe(whole);
    expect(unmetered(whole)).toBe(whole);
    expect(unmetered(read.expected).w.data[0]).toBe(1);
    expect(unread()).toContain('expected.w.data[0…5]');
    expect(metered({ a: [{ b: 1 }] }).unread()).toEqual(['a[0].b']);
  });
});
