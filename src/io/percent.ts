/** A share as a percentage with two digits. */
export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
