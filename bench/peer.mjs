// Peers' operations in PyTorch as a process beside this one, where python3 with torch is found.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const scriptOf = (peer) => fileURLToPath(new URL(`peers/${peer}_torch.py`, import.meta.url));

/** glibc gives large blocks back to the system after each operation; told to keep them, torch is up to eight times faster. */
const keepMemory = { MALLOC_MMAP_MAX_: '0', MALLOC_TRIM_THRESHOLD_: '9000000000', MALLOC_TOP_PAD_: '1000000000' };

/** The ways in which torch is measured; the first is what ratios are against. */
export const settings = [
  { name: 'torch, tuned allocator', threads: 1, env: keepMemory, device: 'cpu' },
  { name: 'torch', threads: 1, env: {}, device: 'cpu' },
  { name: 'torch, tuned allocator, 2 threads', threads: 2, env: keepMemory, device: 'cpu' },
  { name: 'torch, 2 threads', threads: 2, env: {}, device: 'cpu' },
  { name: 'torch on the card', threads: 1, env: {}, device: 'cuda' },
];

const pythons = ['python3', '/usr/bin/python3'];
const hasTorch = (python) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;

/** Peers by name, or none where torch is missing; `peer` is the file in peers/ that they run. */
export async function startPeers(names, peer = 'norse') {
  const python = pythons.find(hasTorch);
  if (python === undefined) return [];
  return Promise.all(
    settings.filter(({ name }) => names.includes(name)).map((setting) => startPeer(python, scriptOf(peer), setting)),
  );
}

/** Whether torch finds a card here. */
export function torchHasCard() {
  const python = pythons.find(hasTorch);
  const code = 'import torch, sys; sys.exit(0 if torch.cuda.is_available() else 1)';
  return python !== undefined && spawnSync(python, ['-c', code], { stdio: 'ignore' }).status === 0;
}

/** Whether torch multiplies matrices with an optimised library. Debian's torch alone comes with the reference BLAS. */
export function blas() {
  const python = pythons.find(hasTorch);
  if (python === undefined) return 'none';
  const code = 'import torch; torch.rand(9, 9) @ torch.rand(9, 9); print(open("/proc/self/maps").read())';
  const maps = spawnSync(python, ['-c', code], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout ?? '';
  return /openblas|mkl|blis/i.exec(maps)?.[0].toLowerCase() ?? 'reference BLAS (slow: install libopenblas0)';
}

async function startPeer(python, script, { name, threads, env, device }) {
  const count = String(threads);
  const child = spawn(python, [script, count, device], {
    env: { ...process.env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { torch } = JSON.parse((await lines.next()).value);
  return {
    name,
    torch,
    /** Milliseconds a step, the mean of `steps`. */
    time: async (work, steps) => {
      child.stdin.write(`${JSON.stringify({ work, steps })}\n`);
      return Number((await lines.next()).value);
    },
    stop: () => child.stdin.end(),
  };
}
