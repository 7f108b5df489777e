import type { Figure } from './figure.js';

/** What a worker is given: the program, and where the library is. */
export interface Order {
  readonly text: string;
  readonly library: string;
}

/** What a cell has to show. */
export type Output = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'figure'; readonly figure: Figure };

/** What a worker tells: outputs of a cell, and how the program ended. `line` is the program's; undefined where nothing tells it. */
export type Message =
  | { readonly kind: 'output'; readonly cell: number; readonly output: Output }
  | { readonly kind: 'failed'; readonly message: string; readonly line: number | undefined }
  | { readonly kind: 'done' };
