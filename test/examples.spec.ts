import { describe, expect, it } from 'vitest';
import * as conformance from '../src/conformance/index.js';
import * as library from '../src/entries/everything.js';
import { checked, docstrings, mayNeedNode, runExample, sources } from './docstrings.js';

const examples = docstrings.filter(({ file, example }) => example !== '' && !mayNeedNode(file));

describe('the example of', () => {
  it.each(examples.map((docstring) => [docstring.file, docstring.symbol, docstring] as const))(
    '%s %s',
    async (_file, _symbol, docstring) => {
      await expect(runExample(docstring, { ...library, ...conformance })).resolves.toBeUndefined();
    },
  );
});

describe('the examples', () => {
  it('are all run: each stands in the docstring of something exported', () => {
    const written = sources.flatMap(([file, text]) => Array.from(text.matchAll(/@example/g), () => file));
    const found = docstrings.filter(({ example }) => example !== '').map(({ file }) => file);
    expect(found).toEqual(written);
  });

  it('check what they say, in the one way that is checked', () => {
    const unchecked = docstrings.filter(({ example }) => /\.print\(\)|\/\/ =>/.test(example.replace(checked, '')));
    expect(unchecked.map(({ file, symbol }) => `${file} ${symbol}`)).toEqual([]);
  });
});
