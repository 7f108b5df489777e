import { runnerImport } from 'vite';

/** AssemblyScript of the factors of weight dependence, from their table. */
export async function dependenceSource() {
  const { module } = await runnerImport('./src/kernels/dependences.ts', { configFile: false, logLevel: 'error' });
  const constant = (name) => name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
  const codes = module.factors.map(([name], code) => `export const ${constant(name)}: i32 = ${code};`);
  const [[, first], ...others] = module.factors;
  const cases = others.map(([name, factor]) => `    case ${constant(name)}:\n      return ${factor(language)};`);
  return `// Made by scripts/kernels.mjs from src/kernels/dependences.ts; not to be edited.
import { positive, power, relu, root, signed } from './factors';

${codes.join('\n')}

/** The factor where \`headroom\` is left on the side of the change and \`rest\` on the other. */
export function factorOf(code: i32, headroom: v128, rest: v128, mu: v128): v128 {
  switch (code) {
${cases.join('\n')}
    default:
      return ${first(language)};
  }
}
`;
}

const call =
  (name) =>
  (...operands) =>
    `${name}(${operands.join(', ')})`;
const language = {
  ...{ one: 'f32x4.splat(1)', headroom: 'headroom', rest: 'rest', mu: 'mu' },
  ...{ times: call('f32x4.mul'), abs: call('f32x4.abs') },
  ...Object.fromEntries(['positive', 'relu', 'root', 'power', 'signed'].map((name) => [name, call(name)])),
};
