import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '../..');
const src = join(root, 'src');

/** Every file of the library: its path from `src`, and its text. */
const sources: ReadonlyMap<string, string> = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => [file, readFileSync(join(src, file), 'utf8')]),
);

/** The texts of a file and of all that it imports, nearest first. */
function textsFrom(file: string): readonly string[] {
  const reached = new Set([file]);
  for (const next of reached)
    for (const [, path = ''] of (sources.get(next) ?? '').matchAll(/ from '(\.[^']+)\.js'/g))
      reached.add(join(next, '..', `${path}.ts`));
  return [...reached].map((name) => sources.get(name) ?? '');
}

/** What FEATURES.md tells of each rule: its row, cell by cell. */
const rows: ReadonlyMap<string, readonly string[]> = new Map(
  Array.from(
    readFileSync(join(root, 'FEATURES.md'), 'utf8').matchAll(/^\| `(\w+)` \| (.+) \|$/gm),
    ([, name = '', cells = '']) => [name, cells.split(' | ').map((cell) => cell.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1'))],
  ),
);

/** The names of all rules. */
export const ruleNames: readonly string[] = [...rows.keys()];

/** The text of a comment, with names that it links to as code. */
const words = (comment: string): string =>
  comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .trim();

/** The page of a rule: what its docstring says, its parameters with their defaults, and what it was compared with. */
export async function rulePage(name: string): Promise<string> {
  const declared = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export (?:const|function) ${name}\\b`);
  const [file, code] = [...sources].find(([path, text]) => path.startsWith('rules/') && declared.test(text)) ?? [];
  if (file === undefined || code === undefined) throw new Error(`docs: src/rules has no docstring of ${name}`);
  const docstring = words(declared.exec(code)?.[1] ?? '');
  const [text = ''] = docstring.split(/^(?:@|Source:)/m);
  const [dense = '', conv2d = '', peers = '', experiments = '', source = ''] = rows.get(name) ?? [];
  return `# ${name}

${text.trim()}

Source: ${source}

## Parameters

${await parameters(name, file)}

## Where it runs, and what it was compared with

| dense | conv2d | agrees with | experiments |
|---|---|---|---|
| ${dense} | ${conv2d} | ${peers} | ${experiments} |

A number is how many recorded runs of that peer it is replayed on. How it is called: [API](../api/index/functions/${name}.md). Its window, drawn:
[Rules](./index.md).
`;
}

/** A table of a rule's parameters: their values unless told, and the comments that stand on them in the code. */
async function parameters(name: string, file: string): Promise<string> {
  const rules: { readonly [name: string]: unknown } = await import(pathToFileURL(join(root, 'dist/entries/rules.js')).href);
  const lines = Object.entries(rules[`${name}Defaults`] ?? {}).map(([parameter, value]) => {
    const told = commentOn(parameter, textsFrom(file));
    const shown = value === undefined ? '—' : `\`${JSON.stringify(value)}\``;
    return `| \`${parameter}\` | ${shown} | ${told.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;
  });
  return ['| parameter | default | |', '|---|---|---|', ...lines].join('\n');
}

/** The comment on a parameter, from the first text that has one. */
function commentOn(parameter: string, texts: readonly string[]): string {
  const commented = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*${parameter}: `);
  const found = texts.find((text) => commented.test(text));
  return words(commented.exec(found ?? '')?.[1] ?? '').replace(/ Default [^.]*(\.\d+)?\.$/, '');
}
