import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { Cell } from './Cell.js';
import { leavePage } from './pageCells.js';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app, router }) => {
    app.component('Cell', Cell);
    router.onBeforePageLoad = leavePage;
  },
} satisfies Theme;
