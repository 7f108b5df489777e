import { readFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { lowerVectors } from './lowerVectors.mjs';
import { parse, print } from './sExpressions.mjs';

const { All, BulkMemory, BulkMemoryOpt, MutableGlobals, NontrappingFPToInt, SignExt } = binaryen.Features;
const withoutVectors = BulkMemory | BulkMemoryOpt | MutableGlobals | NontrappingFPToInt | SignExt;

/** JavaScript of a module's work: a function from a memory to the kernels in it. */
export function plainScript(binary) {
  const module = binaryen.readBinary(binary);
  module.setFeatures(All);
  module.runPasses(['ssa', 'flatten']);
  const words = parse(readFileSync(new URL('./words.wat', import.meta.url), 'utf8')).slice(1);
  const lowered = binaryen.parseText(print([...lowerVectors(parse(module.emitText())).filter(isNoMemoryExport), ...words]));
  lowered.setFeatures(withoutVectors);
  if (!lowered.validate()) throw new Error('the module without vectors is none');
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(1);
  lowered.optimize();
  const script = inMemory(lowered.emitAsmjs());
  for (const each of [module, lowered]) each.dispose();
  return script;
}

const copied = 'bufferView.copyWithin(dest, source, source + size)';
const copiedAnywhere = 'bufferView.copyWithin(dest >>> 0, source >>> 0, (source >>> 0) + size)';

const isNoMemoryExport = ([form, name]) => form !== 'export' || name !== '"memory"';

/**
 * The script as binaryen makes it has a memory of its own that doesn't grow, and ends at 2 GiB, where addresses turn negative; here it
 * sees the one that it is given, and all of it.
 */
function inMemory(script) {
  const views = [...script.matchAll(/^ var (HEAP\w+) = (new \w+)\(buffer\);$/gm)];
  const [body] = script.split('\nvar memasmFunc');
  const lines = body.split('\n').filter((line) => !/^ var HEAP|memory\.grow = |^ var (env|memory|buffer) =/.test(line));
  return `(memory) => {
let buffer, ${views.map(([, name]) => name).join(', ')};
${lines
  .map((line) => line.trim())
  .join('\n')
  .replaceAll(/ >> (\d)\]/g, ' >>> $1]')
  .replace(copied, copiedAnywhere)}
const look = () => {
  buffer = memory.buffer;
  ${views.map(([, name, view]) => `${name} = ${view}(buffer);`).join('\n  ')}
  bufferView = HEAPU8;
};
look();
const follow = (kernel) => (...given) => {
  if (buffer !== memory.buffer) look();
  return kernel(...given);
};
return Object.fromEntries(Object.entries(asmFunc()).map(([name, kernel]) => [name, follow(kernel)]));
}`;
}
