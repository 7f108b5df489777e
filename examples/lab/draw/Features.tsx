import { useMemo } from 'preact/hooks';
import { Field } from '../network/FieldGrid.js';
import type { AnswerReport, LearnedReport } from '../network/protocol.js';
import { strongestInCells, strongestMaps } from './strongest.js';

interface FeaturesProps {
  readonly answer: AnswerReport | undefined;
  readonly learned: LearnedReport | undefined;
}

/** Which maps answer where: the strongest in each part of the image, and the strongest of all. */
export function Features({ answer, learned }: FeaturesProps) {
  const cells = useMemo(() => answer && strongestInCells(answer), [answer]);
  const maps = useMemo(() => answer && strongestMaps(answer, 6), [answer]);
  return (
    <section aria-labelledby="features-title">
      <h2 id="features-title">Its features</h2>
      <p class="lead">In each part of the image, the map that answers most; fainter where it answers less.</p>
      {answer && learned && learned.seen > 0 && cells && maps ? (
        <>
          <ul class="mosaic" style={{ '--cells': answer.grid }} aria-label="The strongest map in each part of the image">
            {cells.map(({ map, strength }, cell) => {
              const place = `Row ${Math.floor(cell / answer.grid) + 1}, column ${(cell % answer.grid) + 1}`;
              const label = strength === 0 ? `${place}: no map` : `${place}: map ${map + 1}`;
              return (
                <li key={cell} style={{ opacity: strength === 0 ? 0 : 0.2 + 0.8 * strength }}>
                  <Field learned={learned} map={map} label={label} />
                </li>
              );
            })}
          </ul>
          <h3>The maps that answer most, and where</h3>
          <ul class="strongest">
            {maps.map(({ map, where }) => (
              <li key={map}>
                <Field learned={learned} map={map} label={`Map ${map + 1}`} />
                <div class="where" style={{ '--cells': answer.grid }} role="img" aria-label={whereText(where, answer.grid)}>
                  {where.map((strength, cell) => (
                    <i key={cell} style={{ opacity: 0.08 + 0.92 * strength }} />
                  ))}
                </div>
                <span>{map + 1}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="empty">{learned?.seen === 0 ? 'The maps have learned nothing yet.' : 'Draw something to see it.'}</p>
      )}
    </section>
  );
}

function whereText(where: readonly number[], grid: number): string {
  const best = where.indexOf(Math.max(...where));
  return `strongest in row ${Math.floor(best / grid) + 1}, column ${(best % grid) + 1}`;
}
