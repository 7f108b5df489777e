declare module 'virtual:rule-docs' {
  const docs: import('./build/ruleDocs.js').RuleDocs;
  export default docs;
}
