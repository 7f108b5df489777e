import { randomBytes } from 'node:crypto';
import { chmod, lstat, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file as a whole: beside its place first, so that what stands there is complete, the old content or the new. A link to a
 * file stays one.
 *
 * @throws what the file system refuses; what stood there stays, and nothing else.
 */
export async function replaceFile(file: string, content: string): Promise<void> {
  const isLink = (await lstat(file).catch(() => undefined))?.isSymbolicLink() === true;
  const place = isLink ? await realpath(file) : file;
  const mode = (await stat(place).catch(() => undefined))?.mode;
  const draft = join(dirname(place), `.${randomBytes(6).toString('hex')}.part`);
  try {
    await writeFile(draft, content, { flag: 'wx' });
    if (mode !== undefined) await chmod(draft, mode);
    await rename(draft, place);
  } catch (reason) {
    await rm(draft, { force: true });
    throw reason;
  }
}
