/** How often a drawing is shown: one in thousands would not be noticed. */
export const drawingRepeats = 30;
/** Fewer images than these are shown again and again: learning takes a few thousand. */
export const fewestShown = 3000;
