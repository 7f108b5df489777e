import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ruleNames } from '../../src/index.js';
import { surface } from '../docstrings.js';
import { entries, ofTheLibrary } from '../entries.js';

const at = (path: string): string => resolve(import.meta.dirname, '../..', path);
const namesOf = (file: string): readonly string[] => surface(file).names;

it('the root is what one can learn: no more than 120 names, types counted', () => {
  const names = namesOf('index.ts');
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(80);
  expect(names.length).toBeLessThanOrEqual(120);
});

it('a name is exported from one path alone; rules from two', () => {
  const taken = new Map<string, readonly string[]>();
  for (const { path, file } of ofTheLibrary)
    for (const name of namesOf(file)) taken.set(name, [...(taken.get(name) ?? []), path]);
  const twice = [...taken].filter(([, paths]) => paths.length > 1);
  const allowed = [...ruleNames, 'initStdpState'];
  expect(twice.filter(([name, paths]) => !allowed.includes(name) || paths.join() !== ',/rules')).toEqual([]);
});

it('what the bundle has is all of it, and every entry is a path of the package', () => {
  const all = ofTheLibrary.flatMap(({ file }) => namesOf(file));
  expect([...new Set(namesOf('entries/everything.ts'))].sort()).toEqual([...new Set(all)].sort());
  const there = ['index.ts', ...readdirSync(at('src/entries')).map((name) => `entries/${name}`)];
  const files = entries.map(({ file }) => file);
  expect(there.filter((name) => !files.includes(name))).toEqual(['entries/everything.ts']);
});

it('README says what each path holds', () => {
  const readme = readFileSync(at('README.md'), 'utf8');
  const told = Array.from(readme.matchAll(/^\| `tfjs-stdp(\/\w+)?` \|/gm), ([, path = '']) => path);
  expect(told.sort()).toEqual(entries.map(({ path }) => path).sort());
});
