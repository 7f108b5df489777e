import type { Topology } from './topology.js';

/** What makes a topology of the options in its JSON. `where` begins its messages. */
export type TopologyReader = (options: { readonly [option: string]: unknown }, where: string) => Topology;

const readers = new Map<string, TopologyReader>();

/** Topologies that users brought, by the type in their JSON: see `registerTopology`. */
export const register = (type: string, read: TopologyReader): void => void readers.set(type, read);

export const readerOf = (type: string): TopologyReader | undefined => readers.get(type);

export const registeredTypes = (): readonly string[] => [...readers.keys()];

/** Whether JSON of this type gives a topology that somebody registered. */
export const isRegistered = (type: string): boolean => readers.has(type);
