import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { at } from '../../src/core/at.js';
import { circles, foldersAt, layers } from '../house.js';

const root = resolve(import.meta.dirname, '../..');
const [high, lane, width] = [34, 64, 1060];

/** Which folders a folder needs that no other one of its own already brings. */
function withoutShortcuts(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly [string, string])[] {
  const reached = (from: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const visit = (node: string): void => {
      for (const next of graph.get(node) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        visit(next);
      }
    };
    visit(from);
    return seen;
  };
  return [...graph].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && reached(other).has(to)))
      .map((to) => [from, to] as const),
  );
}

/** The folders, and in place of the paths that a user imports one of that name. */
function folders(): ReadonlyMap<string, ReadonlySet<string>> {
  const whole = foldersAt(1);
  const named = (folder: string): string => (folder.endsWith('.ts') ? paths : folder);
  const graph = new Map<string, Set<string>>();
  for (const [from, targets] of whole) {
    const own = graph.get(named(from)) ?? new Set();
    for (const to of targets) if (named(to) !== named(from)) own.add(named(to));
    graph.set(named(from), own);
  }
  return graph;
}

const paths = 'tfjs-stdp, /rules, /networks …';

/** The house as a picture: its layers from the top down, and an arrow to each folder that another needs and no third one brings. */
function picture(): string {
  const graph = folders();
  expect(circles(graph)).toEqual([]);
  const rows = layers.flatMap(({ holds, what }) => {
    const names = [...new Set(holds.map((name) => (name.endsWith('.ts') ? paths : name)))];
    return names.length === 1 && names[0] === paths ? [] : [{ names, what }];
  });
  const places = new Map<string, { readonly x: number; readonly y: number; readonly size: number }>();
  const boxes = rows.flatMap(({ names, what }, row) => {
    const y = 20 + row * lane;
    // Layers stand to the left and to the right by turns, so that an arrow passes beside those that it leaves out.
    const start = 400 + at([0, 300, 90, 390, 180, 480], row % 6);
    const drawn = names.map((name, index) => {
      const size = name === paths ? 230 : 110;
      const x = start + (index === 0 ? 0 : (names[0] === paths ? 250 : 130) * index);
      places.set(name, { x: x + size / 2, y, size });
      return `<rect x="${x}" y="${y}" width="${size}" height="${high}" rx="5"/><text x="${x + size / 2}" y="${y + 22}" text-anchor="middle">${name}</text>`;
    });
    return [`<text class="what" x="20" y="${y + 22}">${what}</text>`, ...drawn];
  });
  const arrows = withoutShortcuts(graph).flatMap(([from, to]) => {
    const [start, end] = [places.get(from), places.get(to)];
    if (start === undefined || end === undefined) return [];
    const [y1, y2] = [start.y + high, end.y - 3];
    const [x1, x2] = [start.x + (end.x - start.x) * 0.12, end.x + (start.x - end.x) * 0.1];
    if (y2 < y1) return [`<path d="M${start.x + start.size / 2} ${start.y + high / 2} H${end.x - end.size / 2 - 3}"/>`];
    return [`<path d="M${x1.toFixed(1)} ${y1} L${x2.toFixed(1)} ${y2}"/>`];
  });
  const height = 20 + rows.length * lane;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<title>The folders of src, layer by layer</title>
<style>rect{fill:#fff;stroke:#345}path{fill:none;stroke:#789;marker-end:url(#tip)}.what{fill:#556}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><polygon points="0 0 8 4 0 8" fill="#789"/></marker></defs>
<rect width="${width}" height="${height}" style="fill:#fafbfc;stroke:none"/>
${arrows.join('\n')}
${boxes.join('\n')}
</svg>
`;
}

it('architecture.svg shows the house as it is (npm run architecture draws it anew)', async () => {
  await expect(picture()).toMatchFileSnapshot(resolve(root, 'architecture.svg'));
});

it('ARCHITECTURE.md names only files and folders that there are', () => {
  const text = readFileSync(resolve(root, 'ARCHITECTURE.md'), 'utf8');
  const named = Array.from(text.matchAll(/`((?:src|test|property-tests|scripts|bench|api)\/[\w./-]*)`/g), (match) =>
    at(match, 1),
  );
  const missing = named.filter((path) => {
    try {
      return readFileSync(resolve(root, path)) === undefined;
    } catch (reason) {
      return (reason as { readonly code?: string }).code !== 'EISDIR';
    }
  });
  expect(missing).toEqual([]);
  expect(named.length).toBeGreaterThan(20);
});
