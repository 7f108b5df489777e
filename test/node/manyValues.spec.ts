import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const of = (name: string): string => JSON.stringify(new URL(`../../dist/entries/${name}.js`, import.meta.url).href);

// What a heap of 64 MB has no room for when numbers are gathered in a list: a list of so many takes 160 MB.
it.each([
  ['randomUniform', 'library.randomUniform(2e7, 1)'],
  ['randomNormal', 'library.randomNormal(2e7, 1)'],
  ['randomPermutation', 'library.randomPermutation(2e7, 1)'],
  ['histogram', 'node.histogram("h", new Float32Array(2e7).fill(1))'],
  ['tallyAnswers', 'library.tallyAnswers(2 ** 20, 20).rates()'],
  ['voteTable', 'library.voteTable({ classes: 20, rates: new Float32Array(20 * 2 ** 20) }, "rate")'],
])(
  '%s of many values makes no list of them',
  async (_, work) => {
    const code = `import * as library from ${of('everything')}; import * as node from ${of('node')}; ${work}; console.log('done');`;
    const run = promisify(execFile)(process.execPath, ['--max-old-space-size=64', '--input-type=module', '-e', code], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    });
    expect((await run).stdout).toBe('done\n');
  },
  60_000,
);
