import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cellsOf, markedProgram, placeOf, programOf } from '../../../docs/.vitepress/cells/program.js';
import { softwareVulkan } from '../../machine.js';
import { pages } from './site.js';

const root = resolve(import.meta.dirname, '../../..');
const withCells = pages.map(({ path, text }) => ({ path, cells: cellsOf(text) })).filter(({ cells }) => cells.length > 0);

describe('the cells of', () => {
  it.each(withCells)('$path print in Node what the page says', async ({ cells }) => {
    const program = programOf(cells.map(({ code }) => code));
    const run = promisify(execFile)('node', ['--input-type=module', '--eval', program], {
      cwd: root,
      env: { ...process.env, ...softwareVulkan },
    });
    expect((await run).stdout).toBe(cells.map(({ prints }) => prints).join(''));
  });
});

describe('a program of cells', () => {
  const codes = ['const a = 1;\nlet b;\n', 'b = a;', 'throw b;\n'];

  it('has the lines of the cells, each of which says that it begins', () => {
    expect(programOf(codes)).toBe('const a = 1;\nlet b;\nb = a;\nthrow b;\n');
    expect(markedProgram(codes).split('\n')).toEqual([
      'enterCell(0); const a = 1;',
      'let b;',
      'enterCell(1); b = a;',
      'enterCell(2); throw b;',
      '',
    ]);
  });

  it.each([
    [1, { cell: 0, line: 1 }],
    [2, { cell: 0, line: 2 }],
    [3, { cell: 1, line: 1 }],
    [4, { cell: 2, line: 1 }],
    [5, { cell: 2, line: 2 }],
  ])('finds line %s', (line, place) => {
    expect(placeOf(codes, line)).toEqual(place);
  });
});

it('there are no blocks to run but those that are', () => {
  const blocks = pages.flatMap(({ text }) => text.match(/^ *```js run/gm) ?? []);
  expect(blocks).toHaveLength(withCells.flatMap(({ cells }) => cells).length);
  expect(withCells.length).toBeGreaterThan(8);
});
