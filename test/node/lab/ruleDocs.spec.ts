import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRuleDocs } from '../../../examples/lab/build/ruleDocs.js';
import * as library from '../../../src/entries/everything.js';

const docs = readRuleDocs(fileURLToPath(new URL('../../../src/rules', import.meta.url)));

it.each(library.ruleNames)('the lab has words for %s, its source, and each of its parameters', (rule) => {
  expect(docs.rules[rule]?.summary).toMatch(/\w{3}/);
  expect(docs.rules[rule]?.source).toMatch(/\w{3}/);
  const defaults = Object.entries(library).find(([name]) => name === `${rule}Defaults`)?.[1] ?? expect.fail();
  const words = docs.records[`${rule[0]?.toUpperCase()}${rule.slice(1)}Params`] ?? {};
  expect(Object.keys(defaults).filter((name) => !/\w{3}/.test(words[name] ?? ''))).toEqual([]);
});
