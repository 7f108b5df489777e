/** An object that holds a state, gives it away to be kept, and takes it back. */
export interface Stateful {
  carry(): object;
  restore(carry: object): void;
}

/** Whether a value is one. */
export const isStateful = (value: unknown): value is Stateful =>
  typeof value === 'object' &&
  value !== null &&
  'carry' in value &&
  typeof value.carry === 'function' &&
  'restore' in value &&
  typeof value.restore === 'function';
