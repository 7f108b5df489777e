import type { AnswerReport } from '../network/protocol.js';

type Responses = Pick<AnswerReport, 'features' | 'grid' | 'maps'>;

/** The strongest map of each cell of the grid, and its strength against the strongest of all, in [0, 1]. */
export function strongestInCells({
  features,
  grid,
  maps,
}: Responses): readonly { readonly map: number; readonly strength: number }[] {
  const most = greatest(features);
  return Array.from({ length: grid * grid }, (_, cell) => {
    const answers = features.subarray(cell * maps, (cell + 1) * maps);
    const value = greatest(answers);
    return { map: Math.max(0, answers.indexOf(value)), strength: most > 0 ? value / most : 0 };
  });
}

/** The maps that answer most, all cells together, and where: each cell against the map's strongest, in [0, 1]. */
export function strongestMaps(
  { features, grid, maps }: Responses,
  count: number,
): readonly { readonly map: number; readonly where: readonly number[] }[] {
  const all = Array.from({ length: maps }, (_, map) => {
    const cells = Array.from({ length: grid * grid }, (_cell, cell) => features[cell * maps + map] ?? 0);
    const most = Math.max(...cells);
    return {
      map,
      total: cells.reduce((sum, value) => sum + value, 0),
      where: cells.map((value) => (most > 0 ? value / most : 0)),
    };
  });
  return all
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
    .slice(0, count);
}

const greatest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, value), 0);
