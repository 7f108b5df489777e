import { useBackend } from '../../backends/useBackend.js';
import { loadRun } from '../../io/runFolder.js';
import type { TableName } from '../../io/tableNames.js';
import { type Table, tableOf } from '../../io/tables.js';
import { csvLine } from '../csvLine.js';
import { testData } from '../job/testData.js';
import { printable } from '../text.js';

/** The options of `stdp numbers`, parsed. */
export interface NumbersOptions {
  readonly data?: string;
  readonly otherData?: boolean;
  readonly json?: true;
}

/** Prints numbers that the pictures of a run show, as CSV or as a list of records. */
export async function numbersCommand(folder: string, name: TableName, options: NumbersOptions): Promise<number> {
  const run = await loadRun(folder);
  const images = async () => {
    if (run.kind === 'latency') await useBackend(run.backend);
    return testData(run, folder, options);
  };
  const table = await tableOf(run, name, images, 'stdp numbers');
  let block = '';
  for (const text of options.json ? jsonPieces(table) : csvLines(table)) {
    block += text;
    if (block.length < 2 ** 16) continue;
    process.stdout.write(block);
    block = '';
  }
  process.stdout.write(block);
  return 0;
}

function* csvLines({ columns, rows }: Table): Generator<string> {
  yield csvLine(columns);
  for (const row of rows) yield csvLine(row);
}

/** One line of JSON, piece by piece: a record for each line of the table. */
function* jsonPieces({ columns, rows }: Table): Generator<string> {
  let before = '[';
  for (const row of rows) {
    yield before + printable(JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index]]))));
    before = ',';
  }
  yield before === '[' ? '[]\n' : ']\n';
}
