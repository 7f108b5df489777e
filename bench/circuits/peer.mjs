// Brian2 as a process, where python3 has it (`apt-get install python3-brian`).
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('brian.py', import.meta.url));
const python = ['/usr/bin/python3', 'python3'].find(
  (name) => spawnSync(name, ['-c', 'import brian2'], { stdio: 'ignore' }).status === 0,
);

/** A network in Brian2, compiled; undefined without Brian2. `seconds()` runs it once. */
export async function startBrian(network, target, seconds) {
  if (python === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'stdp-brian-'));
  const child = spawn(python, [script, network, target, String(seconds), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${network} in Brian2 (${target}) ended`);
    return value;
  };
  while ((await next()) !== 'ready');
  return {
    seconds: async () => {
      child.stdin.write('go\n');
      return Number(await next());
    },
    stop: () => {
      child.stdin.end();
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
