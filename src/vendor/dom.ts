/** A document to draw into, where there is no browser. */
export { DOMParser } from 'linkedom';
