// The ladder.
import { brunelRow } from './brunelRow.mjs';
import { delayRows } from './delayRows.mjs';
import { florianRow } from './florianRow.mjs';
import { izhikevichRow } from './izhikevichRow.mjs';
import { masquelierRow } from './masquelierRow.mjs';
import { networkRows } from './networkRows.mjs';
import { oracleRows } from './oracleRows.mjs';
import { orderRows } from './orderRows.mjs';
import { ruleRows } from './ruleRows.mjs';
import { songRow } from './songRow.mjs';
import { vogelsRow } from './vogelsRow.mjs';

/**
 * `{ name, rules, source, why, run({ short, data, tell }) => [{ what, published, ours, seeds, holds }] }`: what learns there, and, where something
 * doesn't hold, why.
 */
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
  ...delayRows,
  ...orderRows,
];
