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
