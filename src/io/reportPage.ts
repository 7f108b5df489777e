/**
 * A page in one HTML file that needs nothing else: plots are inline SVG, pictures data URIs, and no host is asked for anything. It
 * follows the reader's light or dark theme.
 *
 * @param sections  see {@link section}.
 */
export function renderPage(
  name: string,
  facts: readonly (readonly [label: string, value: string])[],
  sections: readonly string[],
): string {
  const title = escapeHtml(name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<table>${facts.map(factRow).join('')}</table>
${sections.join('\n')}
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; background: Canvas; color: CanvasText; font: 1rem/1.5 system-ui, sans-serif; }
th { padding-right: 2rem; text-align: left; font-weight: 600; vertical-align: top; }
td { overflow-wrap: anywhere; }
section { overflow-x: auto; }
figure { margin: 0 0 1.5rem; }
img { max-width: 100%; image-rendering: pixelated; }
svg { margin-bottom: 1.5rem; background: none; color: inherit; }
`;

const escapes: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as HTML. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const factRow = ([label, value]: readonly [string, string]): string =>
  `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`;

/** A heading and what stands below it; `otherwise` where that is nothing. */
export const section = (heading: string, parts: readonly string[], otherwise: string): string =>
  `<section><h2>${heading}</h2>\n${parts.length > 0 ? parts.join('\n') : `<p>${otherwise}</p>`}</section>`;
