import { ruleNames, rulePage } from '../.vitepress/rules.js';

export default {
  paths: () => Promise.all(ruleNames.map(async (rule) => ({ params: { rule }, content: await rulePage(rule) }))),
};
