// Compiles the modules of src/kernels/assembly into folders of src/kernels/module, in two forms each: binary.ts has the module with
// SIMD as text, and the type of its exports as the compiler states it; plain.ts does the same in JavaScript. A module whose sources are
// those that it was made of stays as it is.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { textOf } from './kernels/byteText.mjs';
import { circuitRecordsSource } from './kernels/circuitRecords.mjs';
import { dependenceSource } from './kernels/dependence.mjs';
import { plainScript } from './kernels/plainScript.mjs';

const flags = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--importMemory',
  '--initialMemory',
  '1',
];
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
  const entry = join('src', 'kernels', 'assembly', `${module}.ts`);
  const folder = join('src', 'kernels', 'module', module);
  const digest = `// Of sources with the digest ${digestOf(entry)}.`;
  const last = join(folder, 'plain.ts');
  if (existsSync(last) && readFileSync(last, 'utf8').includes(digest)) {
    const now = new Date();
    utimesSync(last, now, now);
    continue;
  }
  const { binary, signatures } = compile(entry);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'binary.ts'),
    `${made}

/** The ${what}: addresses are bytes in the memory that they were given. */
export interface ${type} {
${signatures.join('\n')}
}

/** The module, as {@link bytesOf} reads it. */
export const binary: string =
  '${textOf(binary)}';
`,
  );
  writeFileSync(
    last,
    `${made}
${digest}
// @ts-nocheck: a compiler wrote it
import type { KernelMemory } from '../kernelMemory.js';
import type { ${type} } from './binary.js';

/** The ${what} in JavaScript. */
export const plainKernels: (memory: KernelMemory) => ${type} = ${plainScript(binary)};
`,
  );
}

/** Of all that a module is made by: what it imports, the scripts, the compiler. */
function digestOf(entry) {
  const hash = createHash('sha256');
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(file, 'utf8');
    hash.update(`${file}\n${source}\n`);
    for (const [, path] of source.matchAll(/from '(\.[^']+)'/g)) visit(join(dirname(file), `${path}.ts`));
  };
  visit(entry);
  const scripts = ['kernels.mjs', ...readdirSync(join('scripts', 'kernels')).map((name) => join('kernels', name))];
  for (const script of scripts) hash.update(readFileSync(join('scripts', script)));
  hash.update(readFileSync(join('node_modules', 'assemblyscript', 'package.json')));
  return hash.digest('hex');
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
