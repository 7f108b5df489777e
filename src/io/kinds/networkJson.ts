import { paramsFromJSON, paramsToJSON } from '../../core/params/paramsJson.js';
import { isRecord } from '../../core/trees.js';

/** A network as plain JSON. Its name stays a text, also where it reads like a number. */
export const networkToJSON = <N extends { readonly name: string }>(network: N): object => ({
  ...paramsToJSON('run', network),
  name: network.name,
});

/** What {@link networkToJSON} wrote, not yet checked; anything else as it is. */
export const networkFromJSON = (network: unknown): unknown =>
  isRecord(network) ? { ...paramsFromJSON(network), name: network['name'] } : network;

/** What JSON tells, the same text however it was laid out and its fields were ordered. */
export function canonicalJson(content: unknown): string {
  if (Array.isArray(content)) return `[${content.map((entry) => canonicalJson(entry ?? null)).join(',')}]`;
  if (!isRecord(content)) return JSON.stringify(content);
  const names = Object.keys(content).filter((name) => content[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(content[name])}`)
    .join(',')}}`;
}
