import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** Files of some folders of src that differ from a commit; where there are none, why. */
export function changedFiles(base, folders) {
  try {
    git('rev-parse', '--verify', `${base}^{commit}`);
  } catch {
    return { files: [], why: `${base} is not known here (a shallow clone?): nothing to compare with, nothing tried` };
  }
  const files = git('diff', '--name-only', '--diff-filter=d', base, '--', ...folders.map((name) => `src/${name}`))
    .split('\n')
    .filter((file) => file.endsWith('.ts') && existsSync(file));
  return { files, why: `nothing in ${folders.join(', ')} has changed since ${base}` };
}
