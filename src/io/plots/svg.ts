import { at } from '../../core/at.js';
import { DOMParser } from '../../vendor/dom.js';
import * as Plot from '../../vendor/plot.js';

/** Told apart on white and on black. */
export const colours = ['#2f80d0', '#d9622b', '#2f9e5f', '#b05cc5', '#a98600', '#d0407a', '#1f9aa8', '#808080'];

/** Room above a plot for its title and its legend. */
export const TOP = 50;

/** A plot as a standalone SVG, with a title and, for more than one name, a legend. */
export function render(title: string, names: readonly string[], options: Plot.PlotOptions): string {
  // An XML document, not HTML: it escapes attributes as a standalone file needs.
  const document = new DOMParser().parseFromString('<svg/>', 'image/svg+xml') as unknown as Document;
  const svg = Plot.plot({
    document,
    className: 'stdp-plot',
    ariaLabel: title,
    width: 640,
    height: 300,
    marginTop: TOP,
    marginLeft: 60,
    color: { type: 'ordinal', domain: names, range: colours },
    ...options,
    marks: [...(options.marks ?? []), heading(title), ...(names.length > 1 ? legend(names) : [])],
  });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = ':where(.stdp-plot) { background: white; color: black; }';
  svg.insertBefore(style, svg.firstChild);
  return svg.outerHTML;
}

const heading = (title: string): Plot.Markish =>
  Plot.text([title], { frameAnchor: 'top-left', dx: -40, dy: 8 - TOP, fontSize: 13, fontWeight: 'bold' });

/** The names in their colours, side by side. */
function legend(names: readonly string[]): readonly Plot.Markish[] {
  let right = -40;
  return names.map((name, index) => {
    const dx = right;
    right += 24 + 6 * name.length;
    return Plot.text([`● ${name}`], { frameAnchor: 'top-left', dx, dy: 26 - TOP, fill: at(colours, index % colours.length) });
  });
}
