import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Files of others with their true values, beside a checkout; tests that need a folder of it are skipped where it is missing. */
export const shared = (folder: string): string => resolve(import.meta.dirname, '../../shared', folder);

export const isShared = (folder: string): boolean => existsSync(shared(folder));
