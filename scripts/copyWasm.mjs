import { copyFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Copies the wasm files of TensorFlow.js to where a page looks for them.
 *
 * @param {string} outDir
 */
export function copyWasm(outDir) {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'));
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.wasm')))
    copyFileSync(join(folder, name), join(outDir, name));
}
