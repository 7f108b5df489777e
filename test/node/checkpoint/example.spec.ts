import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const example = fileURLToPath(new URL('../../../examples/checkpoint.mjs', import.meta.url));
const killer = fileURLToPath(new URL('../killAt.cjs', import.meta.url));
const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-loop-')));
afterAll(() => rmSync(root, { recursive: true }));

/** Runs the example. @param call  the change of a file at which it is killed. */
function loop(folder: string, { step, call }: { readonly step?: number; readonly call?: number } = {}) {
  const given = step === undefined ? [folder] : [folder, String(step)];
  const preload = call === undefined ? [] : ['--require', killer];
  const env = { ...process.env, KILL_AT: String(call) };
  const { stdout, signal } = spawnSync('node', [...preload, example, ...given], { encoding: 'utf8', env });
  return { begins: Number(/begins at step (\d+)/.exec(stdout)?.[1]), weights: /: ([0-9a-f]{64})/.exec(stdout)?.[1], signal };
}

describe('examples/checkpoint.mjs', () => {
  let unbroken: string | undefined;
  beforeAll(() => {
    unbroken = loop(join(root, 'unbroken')).weights;
    expect(unbroken).toBeDefined();
  });

  it('is killed at one step after the other, and ends in the very same weights', () => {
    const folder = join(root, 'steps');
    const begun = [0, 50, 130, 130, 199].map((step) => {
      const { begins, signal } = loop(folder, { step });
      expect(signal).toBe('SIGKILL');
      return begins;
    });
    expect(begun).toEqual([0, 0, 40, 120, 120]);
    expect(loop(folder)).toEqual({ begins: 180, weights: unbroken, signal: null });
  });

  it('is killed while it writes, wherever that is, and ends in the very same weights', () => {
    const folder = join(root, 'writing');
    let last = 0;
    for (let call = 1; call <= 9; call++) {
      const { begins, signal } = loop(folder, { call });
      expect(signal).toBe('SIGKILL');
      expect(begins).toBeGreaterThanOrEqual(last);
      last = begins;
    }
    expect(last).toBeGreaterThan(0);
    expect(loop(folder)).toMatchObject({ weights: unbroken, signal: null });
  });
});
