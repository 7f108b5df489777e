import { presets } from '../papers/presets.js';

/** Names and what they mean, in two columns. */
export function listed(entries: readonly (readonly [name: string, meaning: string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`).join('\n');
}

/** The presets, a line each. */
export const presetList: string = listed(Object.entries(presets).map(([name, { summary }]) => [name, summary]));

const fields = (entries: Parameters<typeof listed>[0]): string => `Fields of --json:\n${listed(entries)}`;

const score = (unless: string) =>
  [
    ['accuracy', `share of the test images that were told right, 0 to 1${unless}`],
    ['confusion', `test images by class (row) and by what they were taken for (column)${unless}`],
    ['accuracyByClass', `accuracy of each class by its name, null where none was tested${unless}`],
  ] as const;

/** What `stdp train --json` prints. */
export const trainFields: string = fields([
  ['status', 'complete or interrupted'],
  ...score('; absent when interrupted'),
  ['controlAccuracy', 'with --control: that of the untrained weights'],
  ['seed', 'of everything random'],
  ['seconds', 'how long it took'],
  ['preset', 'name of the network'],
  ['data', 'name, directory, train, holdout, channels and classNames of the data'],
  ['out', 'folder of the run'],
  ['traffic', 'null without --engine; with it pieces, and bytes sent, received and fetched by workers, of each job'],
]);

/** What `stdp evaluate --json` prints. */
export const evaluateFields: string = fields([
  ...score(''),
  ['seed', 'of the run'],
  ['data', 'name of the data'],
  ['images', 'how many were tested'],
]);

/** What `stdp classify --json` prints, a line for each picture. */
export const classifyFields: string = fields([
  ['picture', 'its file'],
  ['answer', 'name of the class it is taken for'],
  ['label', 'number of that class'],
  ['by', 'votes or margins'],
  ['values', 'of each class by its name: its share of the votes, or its margin against all others'],
  ['spikes', 'votes: of the neurons; margins: of the encoded picture'],
]);

/** What `stdp window --json` prints. */
export const windowFields: string = fields([
  ['rule', 'the rule as JSON: rule, params, topology'],
  ['points', 'pairs of Δt in ms and Δw'],
  ['out', 'the SVG file'],
]);

/** What `stdp params --json` prints. */
export const paramsFields: string = fields([['<name>', 'a parameter and its value, one within another as --set names them']]);

/** What `stdp sweep status --json` prints. */
export const statusFields: string = fields([
  ['runs', 'how many were planned'],
  ['done', 'how many are done'],
  ['failed', 'how many failed'],
  ['left', 'how many have no result yet'],
  ['differs', 'ids of runs that were done more than once with different results'],
  ['cancelled', 'whether it was called off'],
]);

/** What `stdp sweep results --json` prints. */
export const resultFields: string = fields([
  ['version', 'of the library'],
  ['spec', 'the complete spec'],
  ['runs', 'how many were planned'],
  ['settings', 'the best first: set, done, failed, left, accuracy and control as mean and deviation; --best prints the first'],
  ['differs', 'ids of runs that were done more than once with different results'],
]);
