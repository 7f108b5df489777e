/** What the runner asks of the thread that has loaded the specs. */
export type Order =
  | { readonly kind: 'dry' }
  | {
      readonly kind: 'mutant';
      readonly mutant: string;
      /** The tests to run; without, all. */
      readonly tests?: readonly string[];
      /** A part of the path of the specs that come first. */
      readonly near: string;
      readonly hitLimit?: number;
    }
  | { readonly kind: 'end' };

/** What it answers. */
export type Answer =
  | {
      readonly tests: readonly { readonly id: string; readonly ms: number; readonly error?: string }[];
      readonly coverage: unknown;
    }
  | {
      readonly ran: number;
      readonly killedBy?: string;
      readonly error?: string;
      /** Whether no test came by the mutant, because what it computes is kept from an earlier one. */
      readonly missed?: boolean;
      /** Whether that test fails without the mutant too, which has left something behind: nothing is proven. */
      readonly spoiled?: boolean;
    };
