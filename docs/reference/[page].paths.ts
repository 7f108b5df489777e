import { taken, textOf } from '../.vitepress/pages.js';

export default { paths: () => Object.keys(taken).map((page) => ({ params: { page }, content: textOf(page) })) };
