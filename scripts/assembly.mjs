// Checks the AssemblyScript of src/kernels/assembly as Biome checks everything else; with --write it mends what it can. Biome knows no
// decorators of functions: they stand in comments meanwhile.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = 'src/kernels/assembly';
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const { formatter, javascript, linter } = JSON.parse(readFileSync('biome.json', 'utf8'));
const { rules } = linter;
// What TypeScript has and AssemblyScript hasn't, and coefficients that come near a constant of mathematics.
const style = { ...rules.style, useImportType: 'off' };
const suspicious = { ...rules.suspicious, noApproximativeNumericConstant: 'off' };

/** Changes the text of every file of a folder. */
function edit(folder, change) {
  for (const name of readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'))) {
    const file = join(folder, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
try {
  const copy = join(folder, 'assembly');
  const options = process.argv.slice(2);
  cpSync(source, copy, { recursive: true });
  edit(copy, (text) => text.replaceAll(/^(\s*)@(\w+)$/gm, '$1//@$2'));
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ formatter, javascript, linter: { rules: { ...rules, style, suspicious } } }),
  );
  const { status } = spawnSync(process.execPath, [biome, 'check', ...options, 'assembly'], { cwd: folder, stdio: 'inherit' });
  if (options.includes('--write')) {
    edit(copy, (text) => text.replaceAll(/^(\s*)\/\/ ?@(\w+)$/gm, '$1@$2'));
    cpSync(copy, source, { recursive: true });
  }
  process.exitCode = status;
} finally {
  rmSync(folder, { recursive: true });
}
