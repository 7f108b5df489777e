import type { RecordOf } from '../run.js';
import { competitiveKind } from './competitive/competitiveKind.js';
import type { CompetitiveRun } from './competitive/competitiveRun.js';
import { latencyKind } from './latency/latencyKind.js';
import type { LatencyRun } from './latency/latencyRun.js';
import type { NetworkKind } from './networkKind.js';

/** A run with everything needed to repeat, resume or test it. */
export type Run = LatencyRun | CompetitiveRun;

/** What `run.json` says: all but the arrays. */
export type RunRecord = RecordOf<Run>;

/** Every kind of network by name. */
export const networkKinds: { readonly [R in Run as R['kind']]: NetworkKind<R> } = {
  latency: latencyKind,
  competitive: competitiveKind,
};

/** The kind of a run or of a preset. It takes runs of its own kind only: hand it no other. */
export const kindOf = ({ kind }: { readonly kind: Run['kind'] }): NetworkKind<Run> => networkKinds[kind];
