// The page of scores: test/mutation/RESULTS.md.
import { readFileSync } from 'node:fs';

const isFound = ({ status }) => status === 'Killed' || status === 'Timeout';

/** How many of a hundred are found. */
export const scoreOf = (tried) => (tried.length === 0 ? 100 : (100 * tried.filter(isFound).length) / tried.length);

export const inOneLine = (text) => text.replace(/\s+/g, ' ').trim();
const short = (text) => (text.length > 70 ? `${text.slice(0, 67)}…` : text);
const code = (text) => `\`${short(inOneLine(text)).replaceAll('`', "'").replaceAll('|', '\\|')}\``;

const row = (name, mutants, tried, seconds) =>
  `| ${name} | ${mutants} | ${tried.length} | ${tried.filter(isFound).length} | ${scoreOf(tried).toFixed(1)} % | ${Math.round(seconds / 60)} |`;

const sum = (list) => list.reduce((total, value) => total + value, 0);

/** Reasons are kept by file and text, because lines move. */
function reasonOf(reasons, { file, text, replacement }) {
  const is = (reason) =>
    reason.file === file && inOneLine(reason.text) === inOneLine(text) && inOneLine(reason.mutant) === inOneLine(replacement);
  return reasons.find(is)?.reason ?? '';
}

export function page(reports, { sample, seed }) {
  const reasons = JSON.parse(readFileSync('test/mutation/reasons.json', 'utf8'));
  const all = reports.flatMap(({ tried }) => tried);
  const left = all.filter((mutant) => !isFound(mutant));
  return `# Mutation testing

Small faults are built into the code one at a time (StrykerJS), and the tests have to find them. The whole would take
hours, so a sample is drawn: \`npm run mutation -- --sample ${sample} --seed ${seed}\`, in proportion to the mutants of each folder
and at least 60. Tried on the cpu backend with the kernels on, the golden cases with the kernels off as well; only the quick specs
run (scripts/mutation/folders.mjs), so the whole suite finds at least as many. What was found stays found while tests are
written for the rest: the minutes are those of all tries.

| folder of src | mutants | tried | found | score | minutes |
| --- | ---: | ---: | ---: | ---: | ---: |
${reports.map(({ folder, mutants, tried, seconds }) => row(folder, mutants, tried, seconds)).join('\n')}
${row('**all**', sum(reports.map(({ mutants }) => mutants)), all, sum(reports.map(({ seconds }) => seconds)))}

## Those that survive

| where | code | mutant | reason |
| --- | --- | --- | --- |
${left.map((mutant) => `| ${mutant.file.slice(4)}:${mutant.line} | ${code(mutant.text)} | ${code(mutant.replacement)} | ${reasonOf(reasons, mutant)} |`).join('\n')}
`;
}
