import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import type { AnswerReport } from '../network/protocol.js';
import { colours, Figure } from '../ui/Figure.js';

interface AnswerProps {
  readonly answer: AnswerReport | undefined;
  /** Of the classes; beyond them numbers. */
  readonly names: readonly string[];
}

/** The class with the highest score, and the scores of all. */
export function Answer({ answer, names }: AnswerProps) {
  const scores = answer?.scores;
  const options = useMemo(() => scores && bars(scores, names), [scores, names]);
  if (scores === undefined || options === undefined) return null;
  const best = nameOf(names, scores.indexOf(Math.max(...scores)));
  const told = scores.map((score, label) => `${nameOf(names, label)}: ${score.toFixed(2)}`).join(', ');
  return (
    <>
      <output class="answer" aria-label={`The answer is ${best}`}>
        {best}
      </output>
      <Figure label={`Scores. ${told}`} options={options} />
      <p class="hint">The highest score wins; above 0 the read-out says yes to that class.</p>
    </>
  );
}

const nameOf = (names: readonly string[], label: number): string => names[label] ?? String(label);

function bars(scores: readonly number[], names: readonly string[]): Plot.PlotOptions {
  const best = Math.max(...scores);
  const rows = scores.map((score, label) => ({ name: nameOf(names, label), score, wins: score === best }));
  return {
    height: 230,
    marginLeft: 16 + 8 * Math.max(1, ...rows.map(({ name }) => Math.min(name.length, 12))),
    x: { label: 'score', grid: true, domain: [Math.min(-1.5, ...scores), Math.max(1.5, ...scores)], ticks: 4 },
    y: { label: null, type: 'band', domain: rows.map(({ name }) => name) },
    marks: [
      Plot.barX(rows, { x: 'score', y: 'name', fill: colours.first, fillOpacity: ({ wins }) => (wins ? 1 : 0.45) }),
      Plot.ruleX([0]),
    ],
  };
}
