import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages that a lock file names, by their folders; npm leaves one of what it has installed. */
const locked = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

/**
 * Whether a project has to install what its lock file names.
 *
 * @param {string} folder
 */
export function lacksPackages(folder) {
  const present = locked(join(folder, 'node_modules', '.package-lock.json'));
  const isMissing = ([path, { version, optional }]) => path !== '' && !optional && present[path]?.version !== version;
  return Object.entries(locked(join(folder, 'package-lock.json'))).some(isMissing);
}
