// Compiles the modules of src/kernels/assembly into folders of src/kernels/module, in two forms each: binary.ts has the module with
// SIMD as text, and the type of its exports as the compiler states it; plain.ts does the same in JavaScript.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { circuitRecordsSource } from './kernels/circuitRecords.mjs';
import { dependenceSource } from './kernels/dependence.mjs';
import { plainScript } from './kernels/plainScript.mjs';

const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--importMemory', '--initialMemory', '1'];
const features = ['--maximumMemory', '65536', '--enable', 'simd', '--enable', 'bulk-memory', '--bindings', 'raw'];
const compiler = ['node_modules/assemblyscript/bin/asc.js', ...flags, ...features, '--pedantic', '--disableWarning', '112'];
const made = '// Made by scripts/kernels.mjs from src/kernels/assembly; not to be edited.';

writeFileSync('src/kernels/assembly/change/dependence.ts', await dependenceSource());
writeFileSync('src/kernels/assembly/circuits/records.ts', await circuitRecordsSource());

for (const [module, type, what] of [
  ['rules', 'RuleKernels', 'kernels of rules and traces'],
  ['networks', 'NetworkKernels', 'kernels of whole networks'],
  ['circuits', 'CircuitKernels', 'kernels of circuits'],
]) {
  const { binary, signatures } = compile(`src/kernels/assembly/${module}.ts`);
  const folder = join('src', 'kernels', 'module', module);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'binary.ts'),
    `${made}

/** The ${what}: addresses are bytes in the memory that they were given. */
export interface ${type} {
${signatures.join('\n')}
}

/** The module, two digits a byte: what gzip makes of them is a fifth smaller than of base64. */
export const binary: string =
  '${binary.toString('hex')}';
`,
  );
  writeFileSync(
    join(folder, 'plain.ts'),
    `${made}
// @ts-nocheck: a compiler wrote it
import type { KernelMemory } from '../kernelMemory.js';
import type { ${type} } from './binary.js';

/** The ${what} in JavaScript. */
export const plainKernels: (memory: KernelMemory) => ${type} = ${plainScript(binary)};
`,
  );
}

/** The module that an AssemblyScript file makes, and the signatures of what it exports. */
function compile(file) {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    const wasm = join(folder, 'kernels.wasm');
    execFileSync(process.execPath, [compiler[0], file, ...compiler.slice(1), '-o', wasm], { stdio: ['ignore', 2, 2] });
    const types = readFileSync(join(folder, 'kernels.d.ts'), 'utf8');
    const signatures = [...types.matchAll(/export function ([a-z]\w+)(\(.*\): \w+);/g)];
    return { binary: readFileSync(wasm), signatures: signatures.map(([, name, rest]) => `  ${name}${rest};`) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
