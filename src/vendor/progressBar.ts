/** A bar on a terminal. */
export { SingleBar } from 'cli-progress';
