import { at } from '../core/at.js';
import { namesOf, shareRight } from '../data/classNames.js';
import { percent } from '../io/percent.js';

/** Classes whose counts are still read in columns. */
const mostColumns = 64;

/**
 * The confusion matrix as aligned text, with what was told right of each class at the end of its row. Of very many classes a row has, in place of
 * all counts, for what else the class was told most often.
 *
 * @param known  names of the classes; rows have them beside the numbers that head the columns.
 */
export function confusionTable(confusion: readonly (readonly number[])[], known: readonly string[] = []): string {
  const names = namesOf(known, confusion.length);
  const heads = names.map((name, label) => (name === String(label) ? name : `${label} ${printable(name)}`));
  const right = shareRight(confusion).map((share) => (share === null ? '–' : percent(share)));
  const first = Math.max(4, ...heads.map(({ length }) => length));
  const width = Math.max(4, ...confusion.flat().map((count) => String(count).length + 1));
  const row = (head: string, cells: readonly (number | string)[], last: string) =>
    head.padStart(first) + cells.map((cell) => String(cell).padStart(width)).join('') + last.padStart(10);
  if (names.length > mostColumns)
    return confusion
      .map((counts, label) => row(at(heads, label), [], at(right, label)) + mistaken(counts, label, heads))
      .join('\n');
  return [
    row('', [...confusion.keys()], 'right'),
    ...confusion.map((counts, label) => row(at(heads, label), counts, at(right, label))),
  ].join('\n');
}

/** For what a class was told most often, when not for itself. */
function mistaken(counts: readonly number[], label: number, heads: readonly string[]): string {
  const others = counts.map((count, answer) => (answer === label ? 0 : count));
  const most = others.reduce((greatest, count) => Math.max(greatest, count), 0);
  return most === 0 ? '' : `, ${most} told for ${at(heads, others.indexOf(most))}`;
}

/** What a terminal obeys or hides: control characters, marks that turn the direction of text, separators of lines. */
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A line that came from elsewhere (names of files and runs) as it may reach a terminal.
 *
 * @example
 * printable('a\u001b[31mb');   // => 'a\\u001b[31mb'
 */
export const printable = (line: string): string =>
  line.replaceAll(unprintable, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.slice(at))).join(''),
  );

/** Prints text on stdout, whatever its lines hold. */
export const say = (text: string): void => {
  process.stdout.write(`${text.split('\n').map(printable).join('\n')}\n`);
};

/** Prints a value on stdout as one line of JSON, the only thing there. */
export const sayJson = (value: unknown): void => {
  process.stdout.write(`${printable(JSON.stringify(value))}\n`);
};
