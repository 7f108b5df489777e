// Compiles src/kernels/assembly into src/kernels/module/binary.ts: the module as text, and the type of its exports as the
// compiler states it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
const wasm = join(folder, 'kernels.wasm');
const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--initialMemory', '1'];
const features = ['--maximumMemory', '65536', '--enable', 'simd', '--enable', 'bulk-memory', '--bindings', 'raw'];
try {
  execFileSync(
    process.execPath,
    [
      'node_modules/assemblyscript/bin/asc.js',
      'src/kernels/assembly/index.ts',
      ...flags,
      ...features,
      '--disableWarning',
      '112',
      '-o',
      wasm,
    ],
    { stdio: ['ignore', 2, 2] },
  );
  const types = readFileSync(join(folder, 'kernels.d.ts'), 'utf8');
  const signatures = [...types.matchAll(/export function ([a-z]\w+)(\(.*\): \w+);/g)].map(
    ([, name, rest]) => `  ${name}${rest};`,
  );
  writeFileSync(
    'src/kernels/module/binary.ts',
    `// Made by scripts/kernels.mjs from src/kernels/assembly; not to be edited.

/** The kernels: addresses are bytes in the memory that they were given. */
export interface Kernels {
${signatures.join('\n')}
}

/** The module, two digits a byte: what gzip makes of them is a fifth smaller than of base64. */
export const binary: string =
  '${readFileSync(wasm).toString('hex')}';
`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
