import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../bench/validate/run.mjs', import.meta.url));

it('published results hold, in small forms (npm run validate has the full ones)', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--short']).catch((failure) => failure);
  expect(stdout.split('\n').filter((line: string) => line.startsWith('FAILS'))).toEqual([]);
  expect(stdout).toMatch(/\n\d\d hold, 0 fail\n$/);
}, 300_000);
