/** Where one term's factors lie, all samples of each in a row; `samePre` when all samples share one pre, likewise for post. */
export interface TermAddresses {
  readonly pre: number;
  readonly post: number;
  readonly samePre?: boolean;
  readonly samePost?: boolean;
}

/** Both sides of a change. */
export interface ChangeTerms {
  readonly plus: readonly TermAddresses[];
  readonly minus: readonly TermAddresses[];
}
