/**
 * A cell of a page: a block of code that a reader runs.
 *
 * @property code    as it stands on the page.
 * @property prints  what the page says that it prints: the block `text prints` behind it.
 */
export interface PageCell {
  readonly code: string;
  readonly prints: string;
}

const block = /^```js run\n([\s\S]*?)^```$(?:\n+```text prints\n([\s\S]*?)^```$)?/gm;

/** The cells of a page's markdown, from the top down. */
export const cellsOf = (markdown: string): readonly PageCell[] =>
  Array.from(markdown.matchAll(block), ([, code = '', prints = '']) => ({ code, prints }));

/** Cells as the one program that they are: nothing of it is hidden, and it runs in Node as it stands. */
export const programOf = (codes: readonly string[]): string => codes.map(endingInLine).join('');

/** The same lines, with word of which cell begins: `enterCell(0)`. */
export const markedProgram = (codes: readonly string[]): string =>
  codes.map((code, index) => `enterCell(${index}); ${endingInLine(code)}`).join('');

/** A line of the program, as a reader counts: which cell, and which line of it, from 1. The last cell has what lies behind the end. */
export function placeOf(codes: readonly string[], line: number): { readonly cell: number; readonly line: number } {
  const [first = '', ...others] = codes;
  const lines = endingInLine(first).split('\n').length - 1;
  if (line <= lines || others.length === 0) return { cell: 0, line };
  const { cell, line: rest } = placeOf(others, line - lines);
  return { cell: cell + 1, line: rest };
}

const endingInLine = (code: string): string => (code.endsWith('\n') ? code : `${code}\n`);
