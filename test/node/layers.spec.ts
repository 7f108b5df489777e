import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entries } from '../entries.js';

/** The floors of the house, top first. A file may import from its own floor and from those below it. */
const floors = [
  ['bundle.ts'],
  ['everything.ts'],
  [...entries.map(({ file }) => file).filter((file) => !/^(bundle|conformance)/.test(file)), 'cli'],
  ['io', 'threads'],
  ['conformance', 'papers'],
  ['learners'],
  ['networks'],
  ['rules'],
  ['competition'],
  ['neurons', 'encoders'],
  ['updates'],
  ['topologies'],
  ['traces'],
  ['backends'],
  ['kernels'],
  ['data'],
  ['core', 'vendor'],
];

/** The only rooms that may touch Node's own modules. */
const nodeRooms = ['node.ts', 'io', 'data', 'cli', 'threads'];

/** What a browser must be able to load. */
const browserEntries = entries.map(({ file }) => file).filter((file) => !['node.ts', 'wasm.ts'].includes(file));

const src = resolve(import.meta.dirname, '../../src');
/** The kernels in AssemblyScript are a house of their own: see kernels/assembly. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('kernels/assembly'),
);
const room = (file: string): string => file.split('/')[0] ?? file;
const floor = (file: string): number => floors.findIndex((rooms) => rooms.includes(room(file)));

const importsOf = (file: string): readonly string[] =>
  Array.from(
    readFileSync(join(src, file), 'utf8').matchAll(/^(?:import|export)\s[^;]*?from '([^']+)'|import\('([^']+)'\)/gm),
    (match) => match[1] ?? match[2] ?? '',
  );

/** The files of the library that a file imports. */
const rooms = (file: string): readonly string[] =>
  importsOf(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => relative(src, resolve(src, dirname(file), path)).replace(/\.js$/, '.ts'));

describe('the house', () => {
  it('has a floor for every file', () => {
    expect(files.filter((file) => floor(file) < 0)).toEqual([]);
  });

  it('imports downwards only', () => {
    const climbing = files.flatMap((file) =>
      rooms(file)
        .filter((other) => floor(other) < floor(file))
        .map((other) => `${file} → ${other}`),
    );
    expect(climbing).toEqual([]);
  });

  it("touches Node's modules in io, data and cli alone", () => {
    const usesNode = (file: string) => importsOf(file).some((path) => path.startsWith('node:'));
    expect(files.filter((file) => usesNode(file) && !nodeRooms.includes(room(file)))).toEqual([]);
  });

  it('names a package of others only where whoever installs it has one, or in vendor, which is bundled', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(src, '../package.json'), 'utf8'));
    const installed = Object.keys({ ...dependencies, ...peerDependencies });
    const bare = (file: string) => importsOf(file).filter((path) => !/^(\.|node:)/.test(path));
    const isInstalled = (path: string) => installed.some((name) => path === name || path.startsWith(`${name}/`));
    const foreign = files.filter((file) => bare(file).some((path) => !isInstalled(path)));
    expect(foreign.map(room)).toEqual(foreign.map(() => 'vendor'));
    expect(foreign).toHaveLength(5);
  });

  it.each(browserEntries)('%s reaches no module of Node', (entry) => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const other of rooms(file)) visit(other);
    };
    visit(entry);
    const outside = [...reached].flatMap((file) => importsOf(file).filter((path) => !path.startsWith('.')));
    expect(outside.filter((path) => !/^(@tensorflow\/|fp-ts\/)/.test(path))).toEqual([]);
    expect(reached.size).toBeGreaterThan(10);
  });
});
