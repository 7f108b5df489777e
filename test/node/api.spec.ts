import { readFileSync } from 'node:fs';
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

/** The declarations of what a file exports, by name. What comes from another package stands as it is written. */
function exportsOf(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const statement of statementsOf(file)) {
    const [, name] = statement.startsWith('export') ? (declared.exec(statement) ?? []) : [];
    if (name !== undefined) found.set(name, [found.get(name), statement].filter(Boolean).join('\n'));
    const [, what = '', path = ''] = passed.exec(statement) ?? [];
    if (path !== '' && !path.startsWith('.')) found.set(statement, statement);
    else if (path !== '') {
      const names = what.match(/\w+(?=\s*[,}])/g);
      for (const [other, text] of exportsOf(fileOf(file, path))) if (names?.includes(other) ?? true) found.set(other, text);
    }
  }
  return found;
}

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
