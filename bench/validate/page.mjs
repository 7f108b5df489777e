// VALIDATION.md from what was found.

const row = (cells) => `| ${cells.join(' | ')} |`;

/** The name, and the rules that learn there unless that tells. */
const titleOf = (name, rules) => {
  const others = rules.filter((rule) => rule !== name);
  return others.length === 0 ? name : `${name} (${others.join(', ')})`;
};

/** The page: of each row what was found last. */
export function renderLadder(rows, found) {
  const lines = rows.flatMap(({ name, rules, source }) => {
    const { results, took } = found[name] ?? {
      results: [{ what: 'not run yet', published: '', ours: '', holds: true }],
      took: Number.NaN,
    };
    return results.map(({ what, published, ours, seeds, holds }, index) => {
      const first = index === 0;
      const [title, seconds, from] = first
        ? [titleOf(name, rules), Number.isNaN(took) ? '' : took.toFixed(1), source]
        : ['', '', ''];
      return row([title, what, published, holds ? ours : `**${ours}**`, seeds ?? '', seconds, from]);
    });
  });
  const reasons = rows.filter(({ name, why }) => why !== undefined && found[name]?.results.some(({ holds }) => !holds));
  const machines = [...new Set(Object.values(found).map(({ machine }) => machine))].join('; ');
  return `# Validation

Written by \`npm run validate\`: published experiments, computed anew by the library as it stands, and what came of them. What doesn't hold is
set in bold. Seconds are of the processor, all seeds and settings of a row together (${machines}).

\`npm run validate -- --only song\` repeats the rows whose names have that word; those of networks want \`--data DIR\`, MNIST as of \`stdp train\`;
\`--short\` runs small forms of all, a minute, and writes nothing.

${[row(['experiment', 'result', 'published, or expected', 'ours', 'seeds', 'seconds', 'source']), row(Array(7).fill('---')), ...lines].join('\n')}
${reasons.length > 0 ? `\n## Why some don't hold\n${reasons.map(({ name, why }) => `\n**${name}.** ${why}\n`).join('')}` : ''}`;
}
