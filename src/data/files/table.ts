import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';

/** A row of a table, and the line where it begins. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

const separators = [',', ';', '\t'];

/**
 * The rows of comma-separated values (RFC 4180), also with semicolons or tabs, one after the other; empty lines are passed over.
 *
 * @throws {StdpError} that names file and line, where a quotation has no end, or a row has other cells than the first.
 */
export function* tableRows(text: string, where: string, file: string): Generator<Row> {
  const first = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const counts = separators.map((separator) => first.split(separator).length);
  const separator = separators[counts.indexOf(Math.max(...counts))] ?? ',';
  let [width, line] = [0, 1];
  for (let from = 0; from < text.length; ) {
    const { cells, next } = rowAt(text, from, separator, where, `line ${line} of ${file}`);
    if (cells.length > 1 || cells[0] !== '') {
      if (width === 0) width = cells.length;
      ensure(
        cells.length === width,
        where,
        `line ${line} of ${file}`,
        () => `has ${cells.length} cells, the first row has ${width}`,
      );
      yield { cells, line };
    }
    line += linesIn(text, from, next);
    from = next;
  }
}

/** How many lines end in a part of a text. */
export function linesIn(text: string, from = 0, to = text.length): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** Whether a cell is a number, finite or not. */
export const isNumber = (cell: string | undefined): boolean =>
  cell !== undefined && cell !== '' && (!Number.isNaN(Number(cell)) || /^nan$/i.test(cell));

/** Whether a row has names: where none of its cells, or one over a number, is a number. */
export const isHeader = (cells: readonly string[], below: readonly string[] = []): boolean =>
  cells.every((cell) => !isNumber(cell)) || cells.some((cell, column) => !isNumber(cell) && isNumber(below[column]));

interface Parsed {
  readonly cells: readonly string[];
  readonly next: number;
}

function rowAt(text: string, from: number, separator: string, where: string, place: string): Parsed {
  const end = text.indexOf('\n', from);
  const stop = end < 0 ? text.length : end;
  const whole = text.slice(from, stop);
  if (whole.includes('"')) return quotedRow(text, from, separator, where, place);
  return { cells: whole.trim() === '' ? [''] : whole.split(separator).map((cell) => cell.trim()), next: stop + 1 };
}

/** A cell in quotation marks, which may hold separators and ends of lines, or a bare one; and what stands behind it. */
const cellForms: { readonly [separator: string]: RegExp } = Object.fromEntries(
  separators.map((separator) => [
    separator,
    new RegExp(`[ ]*(?:"((?:[^"]|"")*)"[ ]*|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|\\r?$)`, 'y'),
  ]),
);

function quotedRow(text: string, from: number, separator: string, where: string, place: string): Parsed {
  const form = cellForms[separator] ?? /$/y;
  const cells: string[] = [];
  for (let at = from; ; at = form.lastIndex) {
    form.lastIndex = at;
    const [match, quoted, bare, end] = form.exec(text) ?? [];
    ensure(
      match !== undefined,
      where,
      place,
      () => `has a cell that is quoted in no whole way: ${show(text.slice(at, at + 40))}`,
    );
    cells.push(quoted?.replaceAll('""', '"') ?? bare?.trim() ?? '');
    if (end !== separator) return { cells, next: end?.endsWith('\n') ? form.lastIndex : text.length };
  }
}
