import katex from '@vscode/markdown-it-katex';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { nav, sidebar } from './navigation.js';
import { runnable } from './runnable.js';

/** The plugin is CommonJS: some loaders give what it exports, others that as its default. */
const formulas = 'default' in katex ? katex.default : katex;

export default defineConfig({
  title: 'tfjs-stdp',
  description: 'Spiking networks that learn by themselves, in JavaScript',
  lang: 'en',
  outDir: 'dist',
  ignoreDeadLinks: [/\/api\//], // written by TypeDoc, and looked after by the tests: the pages can be built without
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    config: (markdown) => {
      markdown.use(formulas as Parameters<typeof markdown.use>[0], { output: 'mathml' }); // needs neither fonts nor styles
      runnable(markdown);
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: 'deep',
    nav: nav as DefaultTheme.NavItem[],
    sidebar: sidebar as DefaultTheme.SidebarItem[],
  },
  vite: { worker: { format: 'es' }, build: { target: 'es2022' } },
});
