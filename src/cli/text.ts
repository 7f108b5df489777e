/** A share as a percentage with two digits. */
export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

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

/** A text for a terminal: what it would obey is shown, not sent. Names from files are nobody's to trust. */
export const printable = (text: string): string =>
  text.replace(/[^\n]/gu, (character) => (/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u.test(character) ? escaped(character) : character));

/** Plain data as one line of JSON for a terminal. */
export const jsonLine = (value: object): string => JSON.stringify(value).replace(/[\u007f-\u009f]/g, escaped);

const escaped = (character: string): string => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
