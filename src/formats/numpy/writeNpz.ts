import { ensure } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { checkArrays } from '../arrays/checkArrays.js';
import type { FileArrays } from '../arrays/fileArray.js';
import { zip } from '../zip/zip.js';
import { leadsOut } from '../zip/zipEntries.js';
import { suffix } from './readNpz.js';
import { npyOf } from './writeNpy.js';

/** How a file is written. */
export interface WriteNpzOptions {
  /** Whether arrays are deflated. Default: false, as they are by `numpy.savez`. */
  readonly compressed?: boolean | undefined;
}

/**
 * Arrays as the bytes of a `.npz` file that `numpy.load` and {@link readNpz} read. Equal arrays give equal bytes.
 *
 * @throws {StdpError} (as a rejection) that names the array which {@link writeNpy} refuses, or whose name is a path that leads out of an
 *         archive (`../w`); or when all together take 4 GiB or more.
 * @example
 * const bytes = await writeNpz({ w: { dtype: 'int32', shape: [2], data: Int32Array.of(3, 4) } }, { compressed: true });
 * (await readNpz(bytes)).w.data;   // => [3, 4]
 */
export async function writeNpz(
  arrays: FileArrays,
  options: WriteNpzOptions = {},
  ...more: readonly never[]
): Promise<Uint8Array> {
  const where = 'writeNpz';
  nothingMore(more, where, 'writeNpz(arrays, options)');
  ensure(isRecord(options), where, 'options', () => `must be a record of options, got ${show(options)}`);
  ensureFields(options, ['compressed'], where, 'options');
  const { compressed = false } = options;
  ensure(typeof compressed === 'boolean', where, 'compressed', () => `must be true or false, got ${show(compressed)}`);
  const files = checkArrays(arrays, where).map(([name, checked]) => {
    const entry = `${name}${suffix}`;
    ensure(!leadsOut(entry), where, `arrays.${name}`, () => 'is named like a path that leads out of an archive');
    return { name: entry, bytes: npyOf(checked, where, `arrays.${name}`) };
  });
  const archive = await zip(files, compressed);
  ensure(archive !== undefined, where, 'arrays', () => 'take more than a zip archive counts: 65534 arrays, 4 GiB');
  return archive;
}
