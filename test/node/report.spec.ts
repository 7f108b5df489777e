import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { encodePng } from '../../src/io/fields/png.js';
import { drawable } from '../../src/io/plots/drawable.js';
import { confusionPlot, histogram, lineChart, rasterPlot } from '../../src/io/plots/plots.js';
import { type Report, renderReport } from '../../src/io/report.js';

const empty: Report = {
  title: 'A run',
  facts: [],
  fields: [],
  raster: undefined,
  histograms: [],
  learning: { title: 'Convergence', xLabel: 'images', yLabel: 'C', series: [] },
  confusion: undefined,
};

const png = encodePng(2, 1, Uint8Array.of(0, 255));
const full: Report = {
  title: 'Run <1> & "more"',
  facts: [
    ['seed', '1'],
    ['command', '<script>alert(1)</script>'],
  ],
  fields: [{ name: 'layer "1" <b>', png }],
  raster: {
    title: 'a <7>',
    spikes: [
      { time: 0, neuron: 3, channel: 'ON' },
      { time: 2, neuron: 5, channel: 'OFF' },
      { time: 2, neuron: 9, channel: 'ON' },
    ],
  },
  histograms: [{ name: 'layer 1', values: Float32Array.of(0, 0.5, 1) }],
  learning: {
    title: 'Convergence',
    xLabel: 'images',
    yLabel: 'C',
    series: [
      {
        name: 'layer 1',
        points: [
          [0, 0.2],
          [50, 0.1],
        ],
      },
      {
        name: 'layer 2',
        points: [
          [0, 0.1],
          [50, 0.05],
        ],
      },
    ],
  },
  confusion: {
    classes: ['zero', 'one'],
    counts: [
      [17, 3],
      [0, 0],
    ],
  },
};

const parse = (html: string) => parseHTML(html).document;
const texts = (html: string): readonly string[] =>
  [...parse(html).querySelectorAll('text')].map(({ textContent }) => textContent ?? '');
const occurrences = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Every tag closed in order, every attribute quoted, no stray < or &: what a strict XML reader asks for. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  const rest = svg.replace(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g, (_, end, name, attributes, selfClosed) => {
    expect(attributes).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;|#\d+;)/);
    if (end) expect(open.pop()).toBe(name);
    else if (!selfClosed) open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/<|&(?!amp;|lt;|gt;|#\d+;)/);
}

describe('renderReport', () => {
  const html = renderReport(full);

  it('shows everything', () => {
    const page = parse(html);
    expect(page.querySelector('title')?.textContent).toBe(full.title);
    expect([...page.querySelectorAll('h2')].map(({ textContent }) => textContent)).toEqual([
      'Receptive fields',
      'Spikes of one input',
      'Weights',
      'Learning',
      'Confusion matrix',
    ]);
    expect([...page.querySelectorAll('tr')].map(({ textContent }) => textContent)).toEqual([
      'seed1',
      'command<script>alert(1)</script>',
    ]);
    expect(page.querySelector('img')?.getAttribute('src')).toBe(`data:image/png;base64,${png.toString('base64')}`);
    expect(page.querySelectorAll('svg').length).toBe(4);
    expect(page.querySelectorAll('p').length).toBe(0);
  });

  it('escapes text', () => {
    expect(html).not.toContain('<script');
    expect(html).toContain('<h1>Run &lt;1&gt; &amp; &quot;more&quot;</h1>');
    expect(html).toContain('alt="Receptive fields: layer &quot;1&quot; &lt;b&gt;"');
    expect(html).not.toContain('a <7>');
  });

  it('asks no host for anything', () => {
    const links = html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    expect(links).not.toMatch(/https?:|url\(|@import|<link|<script|<iframe/i);
    expect(links).not.toMatch(/(?:src|href)="(?!data:)/i);
  });

  it('leaves colours to the theme of the reader', () => {
    expect(html).toContain('color-scheme: light dark');
  });

  it('says what is missing', () => {
    const sentences = (report: Report) => [...parse(renderReport(report)).querySelectorAll('p')].map((p) => p.textContent);
    expect(sentences(empty)).toEqual([
      'No layer has weights to show.',
      'No input was shown.',
      'No layer has weights to show.',
      'Nothing was measured yet.',
      'The run ended before its test.',
    ]);
    expect(sentences({ ...full, raster: { title: 'silence', spikes: [] } })).toEqual(['Nothing spiked.']);
  });
});

describe('lineChart', () => {
  const chart = lineChart({
    title: 'a "window" <&>',
    xLabel: 'x < y',
    yLabel: 'Δw',
    series: [
      {
        name: 'p & q',
        points: [
          [-1, -2],
          [0, Number.NaN],
          [1, 2],
          [2, 1],
        ],
      },
      {
        name: 'flat',
        points: [
          [0, 0],
          [1, 0],
        ],
      },
    ],
  });

  it('is a file of its own', () => {
    expect(chart.startsWith('<svg ')).toBe(true);
    expect(chart).toContain('xmlns="http://www.w3.org/2000/svg"');
    expectWellFormed(chart);
  });

  it('names its axes and its lines', () => {
    expect(texts(chart)).toEqual(expect.arrayContaining(['a "window" <&>', 'x < y →', 'Δw →', '● p & q', '● flat']));
  });

  it('leaves a gap at NaN', () => {
    const paths = [...parse(chart).querySelectorAll('[aria-label="line"] path')].map((path) => path.getAttribute('d') ?? '');
    expect(paths.map((path) => occurrences(path, /M/g))).toEqual([2, 1]);
    expect(chart).not.toContain('NaN');
  });

  it('has no legend for one line and bears no lines', () => {
    const single = {
      title: 't',
      xLabel: 'x',
      yLabel: 'y',
      series: [
        {
          name: 'only',
          points: [
            [0, 1],
            [1, 2],
          ] as const,
        },
      ],
    };
    expect(lineChart(single)).not.toContain('only');
    expectWellFormed(lineChart({ ...single, series: [] }));
    expect(lineChart({ ...single, series: [{ name: 'none', points: [] }] })).not.toContain('NaN');
  });
});

describe('axes', () => {
  const chart = (...points: readonly (readonly [number, number])[]) =>
    lineChart({ title: 't', xLabel: 'images', yLabel: 'C', series: [{ name: 'a', points }] });
  const numbers = (svg: string): readonly string[] => texts(svg).filter((text) => /^[−\d.,]+$/.test(text));

  it.each([[[77, 0.25]], [[6000, 0.1]], [[0, 0]], [[1e6, 1e-3]], [[0.001, 1e4]]] as const)(
    'has room about a single point %j',
    (point) => {
      for (const svg of [chart(point), chart(point, point)]) {
        expect(numbers(svg).length).toBeGreaterThan(2);
        expect(numbers(svg).filter((text) => /\.\d*000$/.test(text))).toEqual([]);
      }
    },
  );

  it('has no fractions between counts', () => {
    expect(numbers(chart([77, 1], [78, 2]))).toEqual(expect.arrayContaining(['77', '78', '1', '2']));
    expect(numbers(chart([77, 1], [78, 2])).filter((text) => text.includes('.'))).toEqual([]);
  });

  it('has a unit of time where it is told one', () => {
    const spikes = [{ time: 3, neuron: 12, channel: 'ON' }];
    expect(texts(rasterPlot('r', spikes, 'ms')).join()).toContain('time (ms)');
    expect(texts(rasterPlot('r', spikes)).join()).not.toContain('(');
    expect(renderReport({ ...full, raster: { title: 'r', spikes, unit: 'steps' } })).toContain('time (steps)');
  });
});

describe('histogram', () => {
  const heights = (svg: string) =>
    [...parse(svg).querySelectorAll('[aria-label="rect"] rect')].map((bar) => Number(bar.getAttribute('height')));

  it('counts values in 40 equal steps, the greatest in the last', () => {
    const found = heights(histogram('w', Float32Array.of(0, 0, 0, 0.51, 1, 1)));
    expect(found.length).toBe(40);
    const unit = (found[0] ?? 0) / 3;
    expect(unit).toBeGreaterThan(0);
    const counts = found.map((height) => Math.round(height / unit));
    expect([counts[0], counts[20], counts[39]]).toEqual([3, 1, 2]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(6);
  });

  it('bears equal values, no values and NaN', () => {
    expect(heights(histogram('w', new Float32Array(9).fill(0.3))).filter((height) => height > 0).length).toBe(1);
    expect(heights(histogram('w', new Float32Array(0)))).toEqual([]);
    expect(histogram('w', Float32Array.of(Number.NaN, 1, 2, Number.POSITIVE_INFINITY))).not.toContain('NaN');
  });
});

describe('rasterPlot', () => {
  it('draws a dot for each spike', () => {
    const dots = (svg: string) => parse(svg).querySelectorAll('circle').length;
    expect(dots(rasterPlot('r', full.raster?.spikes ?? []))).toBe(3);
    expect(dots(rasterPlot('r', []))).toBe(0);
    expectWellFormed(rasterPlot('<r>', full.raster?.spikes ?? []));
  });
});

describe('more than can be drawn', () => {
  const points = (count: number) => new Array<readonly [number, number]>(count).fill([1, 2]);
  const chart = (counts: readonly number[]) =>
    lineChart({ title: 't', xLabel: 'x', yLabel: 'y', series: counts.map((count) => ({ name: 'a', points: points(count) })) });
  const spike = { time: 1, neuron: 2, channel: 'ON' };

  it('is refused before it is looked at', () => {
    const many = /^lineChart: series must be at most 262144 points in all series: take every n-th of them, got /;
    expect(() => chart([2 ** 18, 1])).toThrow(many);
    expect(() => chart(new Array<number>(2 ** 18 + 1).fill(0))).toThrow(many);
    const raster = () => rasterPlot('r', new Array(2 ** 17 + 1).fill(spike));
    expect(raster).toThrow(/^rasterPlot: spikes must be at most 131072 spikes: take every n-th of them, got /);
  });

  it('is thinned for a run, whose report says so', () => {
    const spikes = Array.from({ length: 2 ** 18 + 1 }, (_, time) => ({ ...spike, time }));
    const { title, spikes: some } = drawable('One image', spikes);
    expect(title).toBe('One image; one of 3 spikes');
    expect(some.length).toBeLessThanOrEqual(2 ** 17);
    expect(some.slice(0, 2).map(({ time }) => time)).toEqual([0, 3]);
    expect(drawable('One image', spikes.slice(0, 5))).toEqual({ title: 'One image', spikes: spikes.slice(0, 5) });
  });
});

describe('confusionPlot', () => {
  it('writes counts and classes, and bears a class that never occurred', () => {
    const plot = confusionPlot('c', full.confusion ?? { classes: [], counts: [] });
    expect(texts(plot)).toEqual(expect.arrayContaining(['17', '3', 'zero', 'one', 'class', 'answer']));
    expect(plot).not.toContain('NaN');
    expectWellFormed(plot);
  });

  it('draws very many classes, of more than 256 only the cells with images, and refuses more before it looks at their counts', () => {
    const matrix = (size: number, rows = size) => ({
      classes: Array.from({ length: size }, (_, label) => String(label)),
      counts: Array.from({ length: rows }, () => Array.from({ length: rows }, () => 0)),
    });
    expect(texts(confusionPlot('c', matrix(256)))).toContain('255');
    const many = confusionPlot('c', {
      ...matrix(600),
      counts: matrix(600).counts.map((row, label) => row.map((_, answer) => (answer === label ? 2 : 0))),
    });
    expect(many.match(/<rect/g)).toHaveLength(600);
    expect(many.length).toBeLessThan(300_000);
    expect(() => confusionPlot('c', matrix(4097, 0))).toThrow(
      /^confusionPlot: classes must be a list of at most 4096 names, got /,
    );
    expect(() => confusionPlot('c', matrix(1_000_000, 0))).toThrow(StdpError);
  });
});
