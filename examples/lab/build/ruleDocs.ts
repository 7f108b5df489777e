import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the docstrings in `src/rules` say: of each rule a sentence and its source, of each record of parameters its fields. */
export interface RuleDocs {
  readonly rules: { readonly [rule: string]: { readonly summary: string; readonly source: string } | undefined };
  readonly records: { readonly [record: string]: Fields | undefined };
}

interface Fields {
  readonly [field: string]: string | undefined;
}

/** Reads the docstrings, so that the lab says of a parameter what the library says. */
export function readRuleDocs(folder: string): RuleDocs {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const shared = new Map(
    texts.flatMap((text) => [...text.matchAll(list)].map(([, name = '', body = '']) => [name, { text, body }])),
  );
  return {
    rules: Object.fromEntries(texts.flatMap(rulesOf)),
    records: Object.fromEntries(
      texts.flatMap((text) =>
        Array.from(text.matchAll(schema), ([, record, body = '']) => [record, fieldsOf(text, body, shared)]),
      ),
    ),
  };
}

/** A list of parameters, `const fields = { … }`. */
const list = /^(?:export )?const (\w*[fF]ields) = \{([\s\S]*?)\n?\s*\};$/gm;

/** A record of parameters and the lists that make it: `paramsSchema<Record>('rule', { ...fields, ...others }`. */
const schema = /paramsSchema<(?:Required<)?(\w+)>+\(\s*'\w+',\s*(\{[^}]*\}|\w+)/g;

type Lists = ReadonlyMap<string, { readonly text: string; readonly body: string }>;

/** What a list says of its fields, and the lists that it takes in: those of its own file first. */
function fieldsOf(text: string, body: string, shared: Lists): Fields {
  const own = Array.from(body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+):/g), ([, comment = '', field = '']) => [
    field,
    plain(undecorated(comment)),
  ]);
  const taken = body.startsWith('{') || own.length > 0 || body.includes('...') ? body.matchAll(/\.\.\.(\w+)/g) : [[body, body]];
  const inherited = Array.from(taken, ([, name = '']) => {
    const here = [...text.matchAll(list)].find(([, known]) => known === name);
    const found = here === undefined ? shared.get(name) : { text, body: here[2] ?? '' };
    return found === undefined ? {} : fieldsOf(found.text, found.body, shared);
  });
  return Object.assign({}, ...inherited, Object.fromEntries(own)) as Fields;
}

/** The rules of a file by name. */
const rulesOf = (text: string) =>
  Array.from(
    text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:function (\w+)\(|const (\w+): RuleMaker)/g),
    ([, comment = '', made, constant]) => {
      const doc = undecorated(comment);
      return [made ?? constant ?? '', { summary: plain(firstSentence(doc)), source: plain(sourceOf(doc)) }] as const;
    },
  );

const undecorated = (comment: string): string => comment.replace(/^\s*\* ?/gm, '').trim();

/** Up to the first full stop or colon that ends a clause. */
const firstSentence = (doc: string): string => /^[\s\S]*?(?=[.:](?:\s|$)|\n\n)/.exec(doc)?.[0] ?? doc;

const sourceOf = (doc: string): string => /^Source: ((?:.+\n?)+)/m.exec(doc)?.[1] ?? '';

/** Without links, code marks and line breaks. */
const plain = (text: string): string =>
  text
    .replace(/\{@link (\w+)\}/g, '$1')
    .replaceAll('`', '')
    .replace(/\s+/g, ' ')
    .trim();
