/** The confusion matrix as aligned text. */
export function confusionTable(confusion: readonly (readonly number[])[]): string {
  const width = Math.max(4, ...confusion.flat().map((count) => String(count).length + 1));
  const row = (head: string, cells: readonly (number | string)[]) =>
    head.padStart(4) + cells.map((cell) => String(cell).padStart(width)).join('');
  return [
    row(
      '',
      confusion.map((_, label) => label),
    ),
    ...confusion.map((counts, label) => row(String(label), counts)),
  ].join('\n');
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
