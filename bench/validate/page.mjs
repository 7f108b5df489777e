// VALIDATION.md from what was found.
import { cpus } from 'node:os';

const row = (cells) => `| ${cells.join(' | ')} |`;

/** The page. */
export function renderLadder(done) {
  const lines = done.flatMap(({ name, source, results, took }) =>
    results.map(({ what, published, ours, seeds, holds }, index) =>
      row([
        index === 0 ? `${name}` : '',
        what,
        published,
        holds ? ours : `**${ours}**`,
        seeds ?? '',
        index === 0 ? took.toFixed(1) : '',
        index === 0 ? source : '',
      ]),
    ),
  );
  return `# Validation

Written by \`npm run validate\`: published experiments, computed anew by the library as it stands, and what came of them. What doesn't hold is set
in bold. Seconds are of the processor, all seeds and settings of a row together (${cpus()[0]?.model.trim()}, Node ${process.version}).
One row: \`npm run validate -- --only song\`; with the networks: \`npm run validate -- --data DIR\`, DIR as of \`stdp train\`; small forms, a minute in all: \`--short\`.

${[row(['experiment', 'result', 'published, or expected', 'ours', 'seeds', 'seconds', 'source']), row(Array(7).fill('---')), ...lines].join('\n')}
`;
}
