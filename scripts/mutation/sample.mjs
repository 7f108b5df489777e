// Which mutants there are, and a seeded sample of them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error: console.error };

/** What names a mutant in one state of the code. */
export const keyOf = ({ fileName, location: { start, end }, replacement }) =>
  `${relative('.', fileName)}:${start.line}:${start.column}-${end.line}:${end.column} ${replacement}`;

/** Stryker's results count lines and columns from 1, its instrumenter from 0. */
export const fromZero = ({ start, end }) => ({
  start: { line: start.line - 1, column: start.column - 1 },
  end: { line: end.line - 1, column: end.column - 1 },
});

/** All mutants of some files. */
export async function mutantsIn(names) {
  const files = names.map((name) => ({ name: resolve(name), mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  return (await new Instrumenter(silent).instrument(files, options)).mutants;
}

/** The TypeScript files below a folder of src. */
export const filesOf = (folder) =>
  readdirSync(join('src', folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', folder, name))
    .sort();

/** A number for a mutant that stays when lines move: of its text, and of how many of the same stand before it. */
function lots(mutants, seed) {
  const seen = new Map();
  return mutants.map((mutant) => {
    const text = `${seed} ${relative('.', mutant.fileName)} ${textOf(mutant)} ${mutant.replacement}`;
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return { mutant, lot: createHash('sha256').update(`${text} ${before}`).digest('hex') };
  });
}

/** The source that a mutant replaces. */
export function textOf({ fileName, location: { start, end } }) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line, end.line + 1);
  const last = lines.pop().slice(0, end.column);
  return [...lines, last].join('\n').slice(start.column);
}

/** At most `count` of some mutants, drawn by a seed, each with its lot. */
export const draw = (mutants, count, seed) =>
  lots(mutants, seed)
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, count);
