/**
 * Recordings of event cameras: files of them by their content, in one piece or as a stream, and events as tensors.
 *
 * @module
 */
export { type BinEventsOptions, binEvents } from '../events/binEvents.js';
export { denoiseEvents } from '../events/denoiseEvents.js';
export { describeEvents } from '../events/describeEvents.js';
export { downscaleEvents } from '../events/downscaleEvents.js';
export type { ReadEventsOptions } from '../events/eventFormat.js';
export type { EventList } from '../events/eventList.js';
export type { PolarityChoice } from '../events/polarity.js';
export { readEvents } from '../events/readEvents.js';
export type { EventRecording } from '../events/recording.js';
export { streamEvents } from '../events/streamEvents.js';
export { type TimeSurfaceOptions, timeSurface } from '../events/timeSurface.js';
