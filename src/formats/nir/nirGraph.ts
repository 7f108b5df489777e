import { isRecord } from '../../core/trees.js';
import type { FileArray } from '../arrays/fileArray.js';

/** What a graph holds: an array, a text, a list of texts, or a record of these. */
export type NirValue = FileArray | string | readonly string[] | NirRecord;

/** Values by name. */
export interface NirRecord {
  readonly [name: string]: NirValue;
}

/** A node of a graph. */
export interface NirNode {
  /** `Linear`, `LIF`, `Conv2d` and others of {@link nodeTypes}. */
  readonly type: string;
  /** What the type asks for by name, such as `weight`, `tau`, `v_threshold`. */
  readonly params: { readonly [name: string]: FileArray | string };
  /** Whatever else a writer had to say; our rules and their state lie in its record `tfjs-stdp`. */
  readonly metadata?: NirRecord | undefined;
}

/** Nodes by name, and which feeds which. A node may be a graph of its own. */
export interface NirGraph {
  readonly type: 'NIRGraph';
  readonly nodes: { readonly [name: string]: NirNode | NirGraph };
  /** Edges from one node to another, in any order. */
  readonly edges: readonly (readonly [from: string, to: string])[];
  readonly metadata?: NirRecord | undefined;
}

export const isGraph = (node: NirNode | NirGraph): node is NirGraph => node.type === 'NIRGraph';

/** Whether a value of a graph is an array, not a record. */
export const isFileArray = (value: unknown): value is FileArray =>
  isRecord(value) && 'dtype' in value && ArrayBuffer.isView(value['data']) && Array.isArray(value['shape']);
