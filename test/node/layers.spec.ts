import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entries } from '../entries.js';
import { circles, files, folderOf, foldersAt, importedBy, importsOf, layerOf } from '../house.js';

/** The only folders that may touch Node's own modules. */
const nodeFolders = ['io', 'data', 'cli', 'threads', 'sweep'];

/** What a browser must be able to load. */
const browserEntries = entries.map(({ file }) => file).filter((file) => !['entries/node.ts', 'entries/wasm.ts'].includes(file));

const top = (file: string): string => folderOf(file, 1);

describe('the house', () => {
  it('has a layer for every file', () => {
    expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
  });

  it('imports downwards only', () => {
    const climbing = files.flatMap((file) =>
      importedBy(file)
        .filter((other) => layerOf(other) < layerOf(file))
        .map((other) => `${file} → ${other}`),
    );
    expect(climbing).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(circles(new Map(files.map((file) => [file, new Set(importedBy(file))])))).toEqual([]);
  });

  it.each([1, 2, 3])('has no circle of folders at level %s', (depth) => {
    expect(circles(foldersAt(depth))).toEqual([]);
  });

  it('sees imports for side effects, workers, and what is imported later', () => {
    expect(importedBy('threads/threadPool.ts')).toContain('threads/poolThread.ts');
    expect(importedBy('kernels/tensors/webgpu/shaders.ts')).toContain('kernels/tensors/webgpu/webgpuKernels.ts');
    expect(
      circles(
        new Map([
          ['a', new Set(['b'])],
          ['b', new Set(['c'])],
          ['c', new Set(['b'])],
        ]),
      ),
    ).toEqual(['b → c']);
  });

  it('has no folder of more than about twenty files', () => {
    const counts = new Map<string, number>();
    for (const file of files) {
      const folder = file.split('/').slice(0, -1).join('/');
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count > 22)).toEqual([]);
  });

  it("touches Node's modules where files and threads are at home alone", () => {
    const usesNode = (file: string) => importsOf(file).some((path) => path.startsWith('node:'));
    expect(files.filter((file) => usesNode(file) && !nodeFolders.includes(top(file)))).toEqual([]);
  });

  it('names a package of others only where whoever installs it has one, or in vendor, which is bundled', () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
    );
    const installed = Object.keys({ ...dependencies, ...peerDependencies });
    const bare = (file: string) => importsOf(file).filter((path) => !/^(\.|node:)/.test(path));
    const isInstalled = (path: string) => installed.some((name) => path === name || path.startsWith(`${name}/`));
    const foreign = files.filter((file) => bare(file).some((path) => !isInstalled(path)));
    expect(foreign.map(top)).toEqual(foreign.map(() => 'vendor'));
    expect(foreign).toHaveLength(7);
  });

  it.each(browserEntries)('%s reaches no module of Node', (entry) => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const other of importedBy(file)) visit(other);
    };
    visit(entry);
    const outside = [...reached].flatMap((file) => importsOf(file).filter((path) => !path.startsWith('.')));
    expect(outside.filter((path) => !/^(@tensorflow\/|fp-ts\/)/.test(path))).toEqual([]);
    expect(reached.size).toBeGreaterThan(10);
  });
});
