import { type Node, parse } from 'acorn';

/** A program that a worker can import, or why it can't be one: the line is the program's, from 1. */
export type Prepared =
  | { readonly kind: 'program'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string; readonly line: number };

interface Specifier extends Node {
  readonly type: 'Literal';
  readonly value: string;
  readonly raw: string;
}

/**
 * Reads a program and leads its imports to the library's modules.
 *
 * @param text     a module, as it runs in Node.
 * @param library  the address of the folder that holds `tfjs-stdp.js`, `tfjs-stdp/rules.js`, `@tensorflow/tfjs-core.js`.
 */
export function prepare(text: string, library: string): Prepared {
  try {
    const tree = parse(text, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
    const imported = specifiers(tree);
    const foreign = imported.find(({ value }) => !known.test(value));
    if (foreign) {
      const message = `no '${foreign.value}' in a page: cells import tfjs-stdp, its paths, and @tensorflow/tfjs-core`;
      return { kind: 'problem', message, line: foreign.loc?.start.line ?? 1 };
    }
    return { kind: 'program', text: imported.reduceRight((before, node) => led(before, node, library), text) };
  } catch (reason) {
    if (!(reason instanceof SyntaxError)) throw reason;
    const { loc, message } = reason as SyntaxError & { readonly loc: { readonly line: number } };
    return { kind: 'problem', message: `SyntaxError: ${message.replace(/ \(\d+:\d+\)$/, '')}`, line: loc.line };
  }
}

const known = /^(tfjs-stdp(\/(?!node$)[a-z]+)?|@tensorflow\/tfjs-core)$/;

const led = (text: string, { start, end, value }: Specifier, library: string): string =>
  `${text.slice(0, start)}'${library}${value}.js'${text.slice(end)}`;

/** What a tree imports, in the order of the text: `import … from 'a'`, `export … from 'a'`, `import('a')`. */
function specifiers(node: unknown): readonly Specifier[] {
  if (Array.isArray(node)) return node.flatMap(specifiers);
  if (typeof node !== 'object' || node === null) return [];
  const { type, source } = node as { readonly type?: string; readonly source?: unknown };
  const own = type !== undefined && /^(Import|Export)/.test(type) && isSpecifier(source) ? [source] : [];
  return [...own, ...Object.values(node).flatMap(specifiers)].sort((a, b) => a.start - b.start);
}

const isSpecifier = (node: unknown): node is Specifier =>
  typeof (node as Partial<Specifier> | null | undefined)?.value === 'string';
