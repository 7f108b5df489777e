import { taken } from './pages.js';

/** Words that lead to a page. */
export interface Link {
  readonly text: string;
  readonly link: string;
}

/** What stands beside each page, from the top down. */
export interface Group {
  readonly text: string;
  readonly items: readonly Link[];
}

const link = (text: string, path: string): Link => ({ text, link: path });

const unlike: Readonly<Record<string, string>> = { nir: 'NIR', speed: 'Speed, measured' };
const title = (page: string): string => unlike[page] ?? `${page.charAt(0).toUpperCase()}${page.slice(1)}`;

/** The paths of the package that have pages of their own in the API. */
const paths = ['circuits', 'networks', 'rules', 'records', 'learners', 'events', 'formats', 'advanced', 'peers', 'node', 'wasm'];

export const sidebar: readonly Group[] = [
  { text: 'Start', items: [link('Ten lines', '/start'), link('Which one do I use?', '/reference/which')] },
  {
    text: 'Tutorials',
    items: [
      link('What STDP is', '/tutorials/what-stdp-is'),
      link('A layer that learns', '/tutorials/a-layer'),
      link('Receptive fields from digits', '/tutorials/receptive-fields'),
      link('A circuit that balances', '/tutorials/a-circuit'),
      link('A rule of your own', '/tutorials/your-own-rule'),
    ],
  },
  {
    text: 'How to',
    items: [
      link('Record weights through time', '/how-to/record'),
      link('Save and go on', '/how-to/save'),
      link('Choose a backend', '/how-to/backend'),
    ],
  },
  {
    text: 'Reference',
    items: [
      link('Rules', '/rules/'),
      ...Object.keys(taken)
        .filter((page) => page !== 'which')
        .map((page) => link(title(page), `/reference/${page}`)),
    ],
  },
  {
    text: 'API',
    items: [
      link('tfjs-stdp', '/api/index/'),
      ...paths.map((path) => link(`tfjs-stdp/${path}`, `/api/entries/${path}/`)),
      link('tfjs-stdp/conformance', '/api/conformance/'),
    ],
  },
];

/** What stands above each page. */
export const nav: readonly Link[] = [
  link('Start', '/start'),
  link('Tutorials', '/tutorials/what-stdp-is'),
  link('Rules', '/rules/'),
  link('Reference', '/reference/features'),
  link('API', '/api/index/'),
];
