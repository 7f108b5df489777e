import type { MarkdownRenderer } from 'vitepress';

type Rule = NonNullable<MarkdownRenderer['renderer']['rules'][string]>;

/** Makes a cell of each block that begins with `js run`, says what `text prints` is, and keeps Vue from reading formulas as templates. */
export function runnable({ renderer, utils }: MarkdownRenderer): void {
  const { rules } = renderer;
  const plain = rules['fence'] as Rule;
  rules['fence'] = (tokens, index, options, env, self) => {
    if (!isCell(tokens[index])) {
      const block = plain(tokens, index, options, env, self);
      return tokens[index]?.info === 'text prints' ? block.replace('>text</span>', '>prints</span>') : block;
    }
    const number = tokens.slice(0, index).filter(isCell).length;
    return `<Cell :index="${number}" code="${utils.escapeHtml(tokens[index]?.content ?? '')}" />\n`;
  };
  for (const name of ['math_inline', 'math_block']) {
    const formula = rules[name];
    if (formula) rules[name] = (...given) => formula(...given).replace('<math', '<math v-pre');
  }
}

const isCell = (token: { readonly type: string; readonly info: string } | undefined): boolean =>
  token?.type === 'fence' && /^js run\b/.test(token.info);
