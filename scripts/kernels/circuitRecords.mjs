import { runnerImport } from 'vite';

/** AssemblyScript of the records of circuits, from their table. */
export async function circuitRecordsSource() {
  const { module } = await runnerImport('./src/kernels/circuitRecords.ts', { configFile: false, logLevel: 'error' });
  const { circuitRecords, populationKinds, learningKinds, programOperations } = module;
  const classes = Object.entries(circuitRecords).map(([name, fields]) => {
    const lines = Object.entries(fields).map(([field, type]) => `  ${field}: ${type};`);
    return `@unmanaged\nexport class ${name} {\n${lines.join('\n')}\n}\n`;
  });
  const constant = (name) => name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
  const codes = (names, first) => names.map((name, index) => `export const ${constant(name)}: i32 = ${first + index};\n`);
  return `// Made by scripts/kernels.mjs from src/kernels/circuitRecords.ts; not to be edited.

${[...codes(populationKinds, 0), ...codes(learningKinds, 1), ...codes(programOperations, 0)].join('')}
${classes.join('\n')}`;
}
