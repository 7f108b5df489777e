// The ladder.
import { brunelRow } from './brunelRow.mjs';
import { florianRow } from './florianRow.mjs';
import { izhikevichRow } from './izhikevichRow.mjs';
import { masquelierRow } from './masquelierRow.mjs';
import { networkRows } from './networkRows.mjs';
import { oracleRows } from './oracleRows.mjs';
import { ruleRows } from './ruleRows.mjs';
import { songRow } from './songRow.mjs';
import { vogelsRow } from './vogelsRow.mjs';

/** `{ name, source, run({ short, data, tell }) => [{ what, published, ours, seeds, holds }] }`. */
export const rows = [
  ...oracleRows,
  songRow,
  vogelsRow,
  masquelierRow,
  izhikevichRow,
  florianRow,
  brunelRow,
  ...networkRows,
  ...ruleRows,
];
