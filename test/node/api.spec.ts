import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { entries } from '../entries.js';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');

/** What stands in a file of declarations, without its comments: each statement begins where a line does. */
function statementsOf(file: string): readonly string[] {
  const text = readFileSync(join(dist, file), 'utf8').replace(/^[ \t]*\/\*[\s\S]*?\*\/\n/gm, '');
  return text
    .split(/^(?=(?:export|import|declare|type|interface)\b)/m)
    .map((statement) => statement.replace(/\n\s*\n/g, '\n').trim());
}

const fileOf = (from: string, path: string): string => join(dirname(from), path).replace(/\.js$/, '.d.ts');
const declared = /^(?:export )?(?:declare )?(?:abstract )?(?:const|function|class|interface|type) (\w+)/;
const passed = /^export (?:type )?(\*|\* as \w+|\{[^}]*\}) from ["']([^"']+)["']/;

/** The parameters of a table of a schema, as fields of the record that it makes. */
function fieldsOf(file: string, table: string): readonly (readonly [name: string, field: string])[] {
  const statements = statementsOf(file);
  const own = statements.find((statement) => new RegExp(`^(?:export )?declare const ${table}: \\{`).test(statement));
  const imported = new RegExp(`^import \\{[^}]*\\b${table}\\b[^}]*\\} from '([^']+)'`);
  const [, path] = statements.map((statement) => imported.exec(statement)).find((match) => match !== null) ?? [];
  if (own === undefined) return path === undefined ? [] : fieldsOf(fileOf(file, path), table);
  return Array.from(own.matchAll(/^ {4}(\w+): (?:import\("[^"]+"\)\.)?Param<(.*)>;$/gm), ([, name = '', type = '']) => [
    name,
    `    readonly ${name}: ${type.replace(/import\("[^"]+"\)\./g, '')};\n`,
  ]);
}

/** An interface over such tables, with their fields. Of two of one name the first counts. */
function withFields(statement: string, file: string): string {
  const [whole, bases = ''] = / extends (.*ParamsOf<typeof .*) (?=\{)/.exec(statement) ?? [];
  if (whole === undefined) return statement;
  const table = /^(Partial<)?ParamsOf<typeof (\w+)>>?$/;
  const others = bases.split(', ').filter((base) => !table.test(base));
  const all = bases.split(', ').flatMap((base) => {
    const [, isPartial, name] = table.exec(base) ?? [];
    const known = name === undefined ? [] : fieldsOf(file, name);
    return known.map(([field, text]) => [field, isPartial ? text.replace(':', '?:') : text] as const);
  });
  const fields = new Map(all.reverse());
  expect(fields.size, statement).toBeGreaterThan(0);
  const extending = others.length === 0 ? ' ' : ` extends ${others.join(', ')} `;
  return statement.replace(whole, extending).replace('{\n', `{\n${[...fields.values()].reverse().join('')}`);
}

/** The declarations of what a file exports, by name. What comes from another package stands as it is written. */
function exportsOf(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const statement of statementsOf(file)) {
    const [, name] = statement.startsWith('export') ? (declared.exec(statement) ?? []) : [];
    if (name !== undefined) found.set(name, [found.get(name), withFields(statement, file)].filter(Boolean).join('\n'));
    const [, what = '', path = ''] = passed.exec(statement) ?? [];
    if (path !== '' && !path.startsWith('.')) found.set(statement, statement);
    else if (path !== '') {
      const names = what.match(/\w+(?=\s*[,}])/g);
      for (const [other, text] of exportsOf(fileOf(file, path))) if (names?.includes(other) ?? true) found.set(other, text);
    }
  }
  return found;
}

/** What stands in a pool of workers, who get their work from the library alone. */
const inner = ['JobName', 'SetupOf', 'Task'];

/** The bundle is all of the others at once. */
const reports = entries.flatMap(({ path, declarations }) =>
  path === '/bundle' ? [] : [[`tfjs-stdp${path}`, exportsOf(declarations)] as const],
);

it.each(reports)('api/ says what %s exports, and of which types (npm run api writes it)', async (path, exported) => {
  expect(exported.size).toBeGreaterThan(0);
  const texts = [...exported]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, text]) => text.replace(/^export (?:declare )?(?!\{)/gm, ''));
  const page = `# ${path}\n\nWritten by \`npm run api\` from the declarations; a test fails when it is stale.\n\n\`\`\`ts\n${texts.join('\n\n')}\n\`\`\`\n`;
  await expect(page).toMatchFileSnapshot(join(root, 'api', `${path.replace('/', '-')}.md`));
});

it('a type that a declaration names is exported by one path or another', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
  const types = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class) (\w+)/;
  const own = new Set(files.flatMap(statementsOf).flatMap((statement) => types.exec(statement)?.[1] ?? []));
  const exported = new Set(reports.flatMap(([, found]) => [...found.keys()]));
  const namedIn = (statement: string): readonly string[] => {
    const [, parameters = ''] = /^[\w ]+<([^(){}=]*)>/.exec(statement) ?? [];
    return Array.from(statement.matchAll(/(?<![.'\w])[A-Z]\w+/g), ([name]) => name).filter((name) => !parameters.includes(name));
  };
  const named = new Set(reports.flatMap(([, found]) => [...found.values()].flatMap(namedIn)));
  expect([...named].filter((name) => own.has(name) && !exported.has(name)).sort()).toEqual(inner);
});
