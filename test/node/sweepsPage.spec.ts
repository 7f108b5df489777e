import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/exitCodes.js';
import { orThrow } from '../../src/core/errors.js';
import { planRuns } from '../../src/sweep/plan.js';
import { sweepFiles } from '../../src/sweep/sweepFolder.js';
import { sweepFields, validateSweepSpec } from '../../src/sweep/sweepSpec.js';
import { stdp } from './program.js';

const page = readFileSync(resolve(import.meta.dirname, '../../SWEEPS.md'), 'utf8');
const firstCells = Array.from(page.matchAll(/^\| ([^|]+) \|/gm), ([, cell = '']) => cell);

describe('the page about sweeps', () => {
  it('has specs that can be planned', () => {
    const specs = Array.from(page.matchAll(/```json\n([\s\S]*?)```/g), ([, json = '']) => json);
    expect(specs).toHaveLength(2);
    const counts = specs.map((json) => {
      const spec = orThrow(validateSweepSpec(JSON.parse(json)));
      return [...planRuns(spec, { train: 1000, holdout: 500 })].length;
    });
    expect(counts).toEqual([12, 98]);
    expect(page).toContain('does its twelve runs');
    expect(specs[0]?.trim().split('\n')).toHaveLength(10);
  });

  it('tells of every field, every file and every exit code', () => {
    const named = (cells: readonly string[]) =>
      cells.flatMap((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) => name));
    expect(named(firstCells)).toEqual(expect.arrayContaining([...sweepFields, ...Object.values(sweepFiles)]));
    expect(firstCells).toEqual(expect.arrayContaining(exitCodes.map(([code]) => code)));
  });

  it('tells of the commands and options that there are', async () => {
    const commands = ['task', 'status', 'retry', 'cancel', 'results'];
    const help = await Promise.all([[], ...commands.map((name) => [name])].map((args) => stdp(['sweep', ...args, '--help'])));
    const options = (text: string) => new Set(Array.from(text.matchAll(/--(?!version|help)[a-z]+/g), ([option]) => option));
    const here = options(page);
    for (const { out } of help) {
      const own = options(out.slice(out.indexOf('Options:'), out.indexOf('Exit codes:')));
      expect([...own].filter((option) => !here.has(option))).toEqual([]);
    }
    expect(commands.filter((name) => !page.includes(`stdp sweep ${name} `))).toEqual([]);
  });
});
