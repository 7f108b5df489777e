import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nav, sidebar } from '../../../docs/.vitepress/navigation.js';
import { mended, taken, textOf } from '../../../docs/.vitepress/pages.js';
import { ruleNames, rulePage } from '../../../docs/.vitepress/rules.js';
import { surface } from '../../docstrings.js';
import { entries } from '../../entries.js';
import { docs, pages } from './site.js';

/** The first pages of the API, as its build writes them. */
const api = entries.map(({ file }) => `api/${file.replace(/(\/index)?\.ts$/, '')}/index`);
const functions = surface('index.ts').names.map((name) => `api/index/functions/${name}`);

/** The links of a text that stay in the site, and where from its root they lead. */
const linksOf = (text: string, folder: string) =>
  Array.from(text.matchAll(/(?<!!)\[[^\]]*\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)/g), ([, path = '', hash = '']) => ({
    target: path === '' ? '' : join(path.startsWith('/') ? '.' : folder, path.replace(/\.md$/, '').replace(/\/$/, '/index')),
    hash,
  }));

/** Where the headings of a text can be led to. */
const anchors = (text: string): readonly string[] =>
  Array.from(text.matchAll(/^#+ +(.+)$/gm), ([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, ''),
  );

const texts = new Map([
  ...pages.map(({ path, text }) => [path.replace(/\.md$/, ''), text] as const),
  ...Object.keys(taken).map((page) => [`reference/${page}`, textOf(page)] as const),
  ...(await Promise.all(ruleNames.map(async (rule) => [`rules/${rule}`, await rulePage(rule)] as const))),
]);
const written = [...texts.keys()];

describe('the site', () => {
  it.each([...texts])('%s leads only to pages and headings that there are', (page, text) => {
    const dead = linksOf(text, dirname(page)).filter(({ target, hash }) => {
      const there = [...written, ...api, ...functions, ''].includes(target);
      return !there || (hash !== '' && !anchors(texts.get(target === '' ? page : target) ?? '').includes(hash));
    });
    expect(dead).toEqual([]);
  });

  it('has every page in what stands beside it, or in the list of rules, and nothing else there', () => {
    const beside = sidebar.flatMap(({ items }) => items.map(({ link }) => link.slice(1).replace(/\/$/, '/index')));
    const listed = [...beside, ...linksOf(texts.get('rules/index') ?? '', 'rules').map(({ target }) => target)];
    expect(listed.filter((page) => !api.includes(page)).sort()).toEqual(written.filter((page) => page !== 'index').sort());
    expect(listed.filter((page) => api.includes(page)).sort()).toEqual(
      api.filter((page) => page !== 'api/entries/bundle/index').sort(),
    );
    const above = nav.map(({ link }) => link.slice(1).replace(/\/$/, '/index'));
    expect(above.filter((page) => !listed.includes(page))).toEqual([]);
  });

  it('has every picture that a text of the repository shows', () => {
    const pictures = [...texts].flatMap(([page, text]) =>
      Array.from(text.matchAll(/!\[[^\]]*\]\((?!\w+:)([^)\s]+)\)/g), ([, path = '']) => join(dirname(page), path)),
    );
    expect(pictures.filter((path) => !existsSync(join(docs, path))).map((path) => relative(docs, path))).toEqual([]);
  });
});

it('the page of a rule tells what each of its parameters is', () => {
  const rules = ruleNames.map((rule) => [rule, texts.get(`rules/${rule}`) ?? ''] as const);
  const untold = rules.flatMap(([rule, text]) =>
    (text.match(/^\| `\w+` \| .* \| {2}\|$/gm) ?? []).map((line) => `${rule}: ${line}`),
  );
  expect(untold).toEqual([]);
  expect(rules.filter(([, text]) => !/^\| `\w+` \| `.+` \| .+ \|$/m.test(text)).map(([rule]) => rule)).toEqual([]);
});

it.each([
  ['[a page](NIR.md#nodes)', '.', '[a page](./nir#nodes)'],
  ['[from a folder](../NIR.md)', 'bench', '[from a folder](./nir)'],
  ['[code](src/index.ts) of [ours](#here)', '.', 'code of [ours](#here)'],
  ['![a picture](lab.png)', 'examples', '![a picture](../../examples/lab.png)'],
  ['[elsewhere](https://neuroir.org)', '.', '[elsewhere](https://neuroir.org)'],
])('%s of %s becomes %s', (text, folder, wanted) => {
  expect(mended(text, folder)).toBe(wanted);
});
