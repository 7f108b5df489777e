import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as library from '../../src/entries/everything.js';
import { docstrings, sources, surface } from '../docstrings.js';
import { entries } from '../entries.js';

const page = readFileSync(resolve(import.meta.dirname, '../../PORTING.md'), 'utf8');
const exported = new Set(entries.flatMap(({ file }) => surface(file).names));
const values: { readonly [name: string]: unknown } = library;

/** The rows of the tables whose second column holds our names. */
const rows = page
  .split('\n## ')
  .filter((section) => section.includes('| tfjs-stdp |'))
  .flatMap((section) => section.split('\n').filter((line) => line.startsWith('| ') && !line.includes('| tfjs-stdp |')))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

const codes = (cell: string) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = '']) => code);
const ours = [...new Set(rows.flatMap(([, cell = '']) => codes(cell)))];

/** Fields that the docstring of some params record explains. */
const parameters = new Set(
  sources.flatMap(([, text]) =>
    Array.from(
      text.matchAll(/@property (\w+)|^ {2}(\w+): (?:param|needed)\(/gm),
      ([, property, parameter]) => property ?? parameter,
    ),
  ),
);

/** Whether a class has a method or an accessor, or a getter, of that name; also one that subclasses alone see. */
const hasMember = (name: string, worker: string): boolean => {
  const made = values[name];
  return typeof made === 'function' && worker in made.prototype;
};

describe('every name of ours on the porting page is there', () => {
  it.each(ours)('%s', (code) => {
    const [, name = '', worker, parameter] = /^(\w+)(?:\.(\w+)|(:.*))?$/.exec(code) ?? [];
    if (parameter !== undefined) expect(parameters, `${name} is no parameter`).toContain(name);
    else if (worker !== undefined) expect(hasMember(name, worker), `${name} has no ${worker}`).toBe(true);
    else expect(exported, `${name} is not exported`).toContain(name);
  });

  it('and every class of ours stands on it', () => {
    const named = new Set(Array.from(page.matchAll(/`(\w+)/g), ([, name = '']) => name));
    const classes = docstrings.map(({ symbol }) => symbol).filter((name) => exported.has(name) && isClass(values[name]));
    expect(classes.filter((name) => !named.has(name) && name !== 'StdpError')).toEqual([]);
    expect(classes.length).toBeGreaterThan(15);
  });
});

const isClass = (value: unknown): boolean => typeof value === 'function' && /^class\b/.test(String(value));
