import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import type { AnswerReport } from '../network/protocol.js';
import { colours, Figure } from '../ui/Figure.js';

/** The class with the highest score, and the scores of all. */
export function Answer({ answer }: { readonly answer: AnswerReport | undefined }) {
  const scores = answer?.scores;
  const options = useMemo(() => scores && bars(scores), [scores]);
  if (scores === undefined || options === undefined) return null;
  const best = scores.indexOf(Math.max(...scores));
  const told = scores.map((score, digit) => `${digit}: ${score.toFixed(2)}`).join(', ');
  return (
    <>
      <output class="answer" aria-label={`The answer is ${best}`}>
        {best}
      </output>
      <Figure label={`Scores. ${told}`} options={options} />
      <p class="hint">The highest score wins; above 0 the read-out says yes to that digit.</p>
    </>
  );
}

function bars(scores: readonly number[]): Plot.PlotOptions {
  const best = Math.max(...scores);
  const rows = scores.map((score, digit) => ({ digit: String(digit), score, wins: score === best }));
  return {
    height: 230,
    marginLeft: 24,
    x: { label: 'score', grid: true, domain: [Math.min(-1.5, ...scores), Math.max(1.5, ...scores)], ticks: 4 },
    y: { label: null, type: 'band' },
    marks: [
      Plot.barX(rows, { x: 'score', y: 'digit', fill: colours.first, fillOpacity: ({ wins }) => (wins ? 1 : 0.45) }),
      Plot.ruleX([0]),
    ],
  };
}
