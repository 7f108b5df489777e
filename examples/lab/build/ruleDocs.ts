import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the docstrings in `src/rules` say: of each rule a sentence and its source, of each record its fields. */
export interface RuleDocs {
  readonly rules: { readonly [rule: string]: { readonly summary: string; readonly source: string } | undefined };
  readonly records: { readonly [record: string]: RecordDocs | undefined };
}

interface RecordDocs {
  readonly extends: readonly string[];
  readonly fields: { readonly [field: string]: string | undefined };
}

/** Reads the docstrings, so that the lab says of a parameter what the library says. */
export function readRuleDocs(folder: string): RuleDocs {
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const documented = texts.flatMap((text) => [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (.*)/g)]);
  const entries = documented.map(([, comment = '', declaration = '']) => ({ doc: undecorated(comment), declaration }));
  return {
    rules: Object.fromEntries(
      entries.flatMap(({ doc, declaration }) => {
        const [, name] = /^function (\w+)\(/.exec(declaration) ?? [];
        return name === undefined ? [] : [[name, { summary: plain(firstSentence(doc)), source: plain(sourceOf(doc)) }]];
      }),
    ),
    records: Object.fromEntries(
      entries.flatMap(({ doc, declaration }) => {
        const [, name, parents = ''] = /^interface (\w+)(?: extends ([\w, ]+))?/.exec(declaration) ?? [];
        return name === undefined ? [] : [[name, { extends: parents.match(/\w+/g) ?? [], fields: fieldsOf(doc) }]];
      }),
    ),
  };
}

const undecorated = (comment: string): string => comment.replace(/^\s*\* ?/gm, '').trim();

/** Up to the first full stop or colon that ends a clause. */
const firstSentence = (doc: string): string => /^[\s\S]*?(?=[.:](?:\s|$)|\n\n)/.exec(doc)?.[0] ?? doc;

const sourceOf = (doc: string): string => /^Source: ((?:.+\n?)+)/m.exec(doc)?.[1] ?? '';

const fieldsOf = (doc: string): RecordDocs['fields'] =>
  Object.fromEntries(
    Array.from(doc.matchAll(/^@property (\w+) +((?:(?!^@)[\s\S])*)/gm), ([, field = '', text = '']) => [field, plain(text)]),
  );

/** Without links, code marks and line breaks. */
const plain = (text: string): string =>
  text
    .replace(/\{@link (\w+)\}/g, '$1')
    .replaceAll('`', '')
    .replace(/\s+/g, ' ')
    .trim();
