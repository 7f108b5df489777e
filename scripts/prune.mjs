// Takes from dist what was built of sources that are there no more: tsc leaves it, and it would be packed.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const built = readdirSync('dist', { recursive: true }).filter(
  (file) => /\.(d\.ts|js)$/.test(file) && !file.startsWith('bundle/') && file !== 'cli/stdp.js',
);
for (const file of built) if (!existsSync(join('src', file.replace(/(\.d\.ts|\.js)$/, '.ts')))) rmSync(join('dist', file));
