/**
 * All paths of the library that a browser can load, under one: what the bundle holds.
 *
 * @module
 */

export * from '../index.js';
export * from './advanced.js';
export * from './circuits.js';
export * from './events.js';
export * from './formats.js';
export * from './learners.js';
export * from './networks.js';
export * from './peers.js';
export * from './records.js';
export * from './rules.js';
