/** The codes that a reader changed, by the number of their cell. */
export type Changes = Readonly<Record<number, string>>;

const name = '#cells=';

/** Codes as the last part of an address, which no browser sends to a host. */
export const toHash = (changes: Changes): string => {
  const bytes = new TextEncoder().encode(JSON.stringify(changes));
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `${name}${letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
};

/** The codes of an address: none where it has none, or no whole ones. */
export function fromHash(hash: string): Changes {
  if (!hash.startsWith(name)) return {};
  try {
    const letters = atob(hash.slice(name.length).replaceAll('-', '+').replaceAll('_', '/'));
    const read: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0))));
    const entries = typeof read === 'object' && read !== null ? Object.entries(read) : [];
    return Object.fromEntries(entries.filter(([, code]) => typeof code === 'string'));
  } catch {
    return {};
  }
}
