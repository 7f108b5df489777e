import { at } from '../../core/at.js';
import { ensure, StdpError } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { classLabels } from './classLabels.js';
import { type DataFile, ensureRoom, type Found, isForTest, learnedFrom } from './found.js';
import type { DataOptions, DataReading } from './reading.js';
import { flatLayout, flatScale, scaled, type ToByte } from './scaling.js';
import { isHeader, isNumber, linesIn, type Row, tableRows } from './table.js';

/** The rows of a table apart: features, row after row, the classes, and the lines where they stand. */
interface Features {
  readonly file: string;
  readonly width: number;
  readonly values: Float32Array;
  readonly classes: readonly string[];
  readonly lines: readonly number[];
}

/**
 * Tables with a row of features for each image, and a column of classes. One of two that is called `test…` is tested on, and scaled as that
 * to train on; so is what is held out.
 */
export function readTables(files: readonly DataFile[], { label, holdout = 0 }: DataOptions, where: string): Found {
  const test = files.length > 1 ? files.find(({ name }) => isForTest(name)) : undefined;
  const [file, other] = files.filter((one) => one !== test);
  if (file === undefined || other !== undefined)
    throw new StdpError(where, other?.name ?? 'files', 'is one table more; name the one to read');
  const table = featuresOf(file, label, where);
  const tested = test && featuresOf(test, label, where);
  if (tested !== undefined && tested.width !== table.width)
    throw new StdpError(where, tested.file, `has ${tested.width} columns, ${table.file} has ${table.width}`);
  const layout = flatLayout(table.width - 1);
  const by = learnedFrom(table.lines.length, holdout, tested !== undefined);
  const scale = flatScale({ values: table.values, size: table.width - 1, by }, layout);
  const areNumbers = table.classes.every((cell) => isNumber(cell) && Number.isFinite(Number(cell)));
  const named = ({ classes }: Features) => (areNumbers ? classes.map((cell) => (isNumber(cell) ? Number(cell) : cell)) : classes);
  const { classNames, ...labels } = classLabels(
    named(table),
    tested && named(tested),
    where,
    table.file,
    (index) => `line ${tested?.lines[index]} of ${tested?.file}`,
  );
  return {
    ...{ ...layout, channels: 1, classNames },
    train: { pixels: pixelsOf(table, scale), labels: labels.train, count: labels.train.length },
    test: tested && labels.test && { pixels: pixelsOf(tested, scale), labels: labels.test, count: labels.test.length },
  };
}

const pixelsOf = ({ values, width }: Features, scale: ToByte): Uint8Array => scaled(values, width - 1, scale);

/** Bytes of a table, at most: a text can't be longer. */
const mostText = 2 ** 29 - 2 ** 10;

function textOf({ name, bytes }: DataFile, where: string): string {
  ensure(bytes.length <= mostText, where, name, () => `is a table of ${bytes.length} bytes, at most ${mostText} are read`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new StdpError(where, name, 'is no table: it holds bytes that are no text in UTF-8', { cause });
  }
}

function featuresOf(given: DataFile, wanted: DataReading['label'], where: string): Features {
  const file = given.name;
  const text = textOf(given, where);
  const rows = tableRows(text, where, file);
  const begin = [rows.next().value, rows.next().value].flatMap((row: Row | undefined) => row ?? []);
  const [first, second] = begin;
  const header = first !== undefined && isHeader(first.cells, second?.cells) ? first.cells : undefined;
  const start = header === undefined ? begin : begin.slice(1);
  const width = first?.cells.length ?? 0;
  const most = linesIn(text) + 1;
  ensure(start.length > 0 && width > 1, where, file, () => 'holds no rows of features and a class');
  ensureRoom(most, 4 * (width - 1), where, file);
  const label = labelColumn(header, at(start, 0).cells, wanted, where, file);
  const values = new Float32Array(most * (width - 1));
  const classes: string[] = [];
  const lines: number[] = [];
  const take = ({ cells, line }: Row): void => {
    const place = `line ${line} of ${file}`;
    let index = lines.length * (width - 1);
    cells.forEach((cell, column) => {
      if (column === label) return;
      const value = cell === '' ? Number.NaN : Math.fround(Number(cell));
      if (!Number.isFinite(value)) {
        const name = header === undefined ? `column ${column + 1}` : `column ${show(header[column])}`;
        throw new StdpError(where, place, `holds ${show(cell)} in ${name}, needed is a finite number`);
      }
      values[index++] = value;
    });
    const name = at(cells, label);
    ensure(name !== '', where, place, () => 'names no class');
    classes.push(name);
    lines.push(line);
  };
  start.forEach(take);
  for (const row of rows) take(row);
  return { file, width, values: values.subarray(0, lines.length * (width - 1)), classes, lines };
}

/** The column of the classes: what was asked for, one that is called so, or the only one that holds no number. */
function labelColumn(
  header: readonly string[] | undefined,
  cells: readonly string[],
  wanted: DataReading['label'],
  where: string,
  file: string,
): number {
  const width = cells.length;
  const columns = header === undefined ? `columns 1 … ${width}` : `the columns ${show(header)}`;
  if (wanted !== undefined) {
    const named = header?.indexOf(String(wanted)) ?? -1;
    const column = named >= 0 ? named : Number(wanted) - 1;
    const isColumn = Number.isInteger(column) && column >= 0 && column < width;
    ensure(isColumn, where, file, () => `has no column ${show(wanted)} of labels, but ${columns}`);
    return column;
  }
  const named = header?.findIndex((name) => /^(label|class|target|species|variety)(es|s)?$/i.test(name)) ?? -1;
  const [text, another] = cells.flatMap((cell, column) => (isNumber(cell) ? [] : [column]));
  const found = named >= 0 ? named : another === undefined ? text : undefined;
  if (found !== undefined) return found;
  throw new StdpError(where, file, `doesn't tell which column names the classes: say it by label, there are ${columns}`);
}
