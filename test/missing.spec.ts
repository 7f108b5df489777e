/// <reference types="vite/client" />
import { it } from 'vitest';

/** Stands in for a target that this machine lacks, so that it is counted as skipped. */
it.skip(`not on this machine: ${import.meta.env['MISSING']}`);
