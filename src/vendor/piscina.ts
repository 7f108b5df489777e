/** A pool of threads, for whole runs. */
export { Piscina } from 'piscina';
